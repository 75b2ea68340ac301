/**
 * The program that serves a folder of the user's: `node static-server.js FOLDER`, at PORT and HOST of the environment.
 * A bundle of its own, so that it starts quickly and holds nothing of Gantry. Ends well on SIGTERM and SIGINT.
 */
import { serveFolder } from '../../host/static-server.ts';

const [folder = '.'] = process.argv.slice(2);
const { HOST: host = '127.0.0.1', PORT: port = '0' } = process.env;

try {
  const server = await serveFolder(folder, host, Number(port));
  process.stdout.write(`serving ${folder} at http://${host}:${server.port}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => server.close().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
