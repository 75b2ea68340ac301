import { command } from '../command.ts';

/** `gantry exec` */
export const exec = command({
  name: 'exec',
  group: 'Look at a running system',
  summary: 'run a command as a service: in its folder, with its variables and programs',
  description: 'Exits with the exit code of the command.',
  arguments: [
    { name: 'service', description: 'name of a service', required: true, completes: 'service' },
    { name: 'command', description: 'program and arguments; no shell reads them', required: true, variadic: true },
  ],
  passThrough: true,
  examples: [
    { command: 'gantry exec gateway -- npm run migrate', explanation: 'with the DATABASE_URL of the gateway' },
    { command: "gantry exec gateway -- sh -c 'echo $PORT'", explanation: 'through a shell' },
  ],
  async run(place, [service = '', ...argv]) {
    const { execInService } = await import('../../pipeline/exec.ts');
    return execInService(place, service, argv[0] === '--' ? argv.slice(1) : argv);
  },
});
