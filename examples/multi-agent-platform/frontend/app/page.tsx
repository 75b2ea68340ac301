import { Console } from '../components/console.tsx';

// The address is shown as it is when the page is asked for, not as it was when it was built.
export const dynamic = 'force-dynamic';

/** Where the API is for the world outside. Next writes `process.env.NEXT_PUBLIC_…` into the build; a name that it cannot see is read at run time. */
function publicAddress(): string | undefined {
  const name = ['NEXT', 'PUBLIC', 'API', 'URL'].join('_');
  return process.env[name];
}

/** The one page. */
export default function Page() {
  const address = publicAddress();
  return (
    <div className="page">
      <header>
        {/* biome-ignore lint/performance/noImgElement: an icon of 400 bytes needs no image service */}
        <img src="/icon.svg" alt="" width={34} height={34} />
        <div>
          <h1>Multi-Agent Platform</h1>
          <p>One task, eight stations: every hop below is recorded by the service that made it.</p>
        </div>
        {address && (
          <p className="address">
            API <a href={`${address}/health/ready`}>{address}</a>
          </p>
        )}
      </header>
      <Console />
    </div>
  );
}
