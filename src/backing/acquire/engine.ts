import { findProgram } from '../../host/programs.ts';
import { run } from '../../host/run.ts';
import type { AcquireContext, AcquiredProgram } from '../backing.ts';
import { lastLines } from './npm.ts';
import { Unavailable, type Way } from './way.ts';

/** The container engine as the last way: Docker, or Podman. */
export const engineWay = (image: string, context: AcquireContext): Way => ({
  name: 'container engine',
  find: () => fromEngine(image, context),
});

/** Finds an engine that answers, and has it fetch the image where it does not have it yet. */
async function fromEngine(image: string, context: AcquireContext): Promise<AcquiredProgram> {
  const { name, path } = await findEngine(context);
  const known = await run([path, 'image', 'inspect', image], { signal: context.signal });
  if (known.code !== 0) {
    context.progress(`fetching the image ${image} (${name})`);
    const pulled = await run([path, 'pull', image], {
      signal: context.signal,
      onLine: (line) => context.progress(line),
    });
    if (pulled.code !== 0) throw new Unavailable(`${name} could not fetch ${image}: ${lastLines(pulled.stderr)}`);
  }
  return { origin: `${name} ${image}`, version: image.split(':').at(-1) ?? image, programs: { engine: path }, image };
}

async function findEngine(context: AcquireContext): Promise<{ name: string; path: string }> {
  const reasons: string[] = [];
  for (const name of ['docker', 'podman']) {
    const path = await findProgram(name);
    if (!path) {
      reasons.push(`${name} is not on PATH`);
      continue;
    }
    // `info` reaches the daemon; `version` of a client alone would say that all is well.
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(10_000)]);
    const answer = await run([path, 'info'], { signal });
    if (answer.code === 0) return { name, path };
    reasons.push(`${name} is installed but does not answer`);
  }
  throw new Unavailable(reasons.join(', '));
}
