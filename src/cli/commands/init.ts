import { command } from '../command.ts';

/** `gantry init` */
export const init = command({
  name: 'init',
  group: 'Look at a model',
  summary: 'write a first gantry.yaml from what is in this folder and below',
  description:
    'Looks for services by their manifests (package.json, pyproject.toml, Cargo.toml, go.mod, …). Never overwrites a model.',
  examples: [{ command: 'gantry init && gantry up', explanation: 'from a folder of services to a running system' }],
  async run({ terminal, format, folder }) {
    const { initialiseModel } = await import('../../pipeline/init.ts');
    const { file, text, services } = await initialiseModel(folder);
    if (format === 'json') terminal.print(`${JSON.stringify({ file, services })}\n`);
    else terminal.print(`${file}\n\n${text}\ngantry up runs it\n`);
    return 0;
  },
});
