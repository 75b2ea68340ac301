import { command } from '../command.ts';
import { choice, flag } from '../option.ts';

/** `gantry supervise`: the background process of `gantry up --detach`. */
export const supervise = command({
  name: 'supervise',
  hidden: true,
  summary: 'supervise a system without a terminal',
  arguments: [{ name: 'service', description: 'only these and what they need', variadic: true }],
  options: {
    mode: choice('--mode <mode>', 'how services run', ['development', 'production']),
    reload: flag('--no-reload', 'do not carry edits over'),
  },
  async run({ terminal, ...place }, only, { mode, reload }) {
    const { superviseInBackground } = await import('../../pipeline/up.ts');
    const { reportDetached } = await import('../../runtimes/local/detach.ts');
    const { Failure } = await import('../../diagnostics/diagnostic.ts');
    const { refusal } = await import('../../diagnostics/refused.ts');
    const { printDiagnostics } = await import('../output/print-diagnostics.ts');
    const show = { folder: place.folder, format: 'text' } as const;
    try {
      await superviseInBackground(place, {
        only,
        mode,
        reload,
        // Kept in the log of the supervisor: whoever looks gets the events from the control socket.
        onEvent(event) {
          if (event.type === 'diagnostic') printDiagnostics(terminal, [event.diagnostic], show);
        },
      });
      return 0;
    } catch (error) {
      const refused = refusal(error);
      if (!(error instanceof Failure || refused)) throw error;
      await reportDetached(error instanceof Failure ? error.diagnostics : refused ? [refused] : []);
      return 1;
    }
  },
});
