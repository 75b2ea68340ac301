import { delimiter } from 'node:path';
import { cannotRun } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { runInForeground } from '../host/foreground.ts';
import { connect } from './connect.ts';
import type { ModelPlace } from './locate.ts';
import { checkWorkload } from './names.ts';

/**
 * Runs a command as the service would: in its folder, with its programs and its variables. Secrets pass in the environment
 * of the process and never on its command line.
 * @returns the command's own exit code
 * @throws Failure when the system does not run, the name is unknown, or the command cannot be started
 */
export async function execInService(place: ModelPlace, service: string, argv: readonly string[]): Promise<number> {
  const { client } = await connect(place);
  await checkWorkload(client, service);
  const { folder, path, variables } = await client.environmentOf(service);
  const PATH = [...path, process.env['PATH'] ?? ''].filter(Boolean).join(delimiter);
  const { code, problem } = await runInForeground(argv, {
    cwd: folder,
    environment: { ...process.env, ...variables, PATH },
  });
  if (problem) throw new Failure([cannotRun(argv[0] ?? '', folder, problem)]);
  return code;
}
