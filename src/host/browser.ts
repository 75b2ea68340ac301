import { spawn } from 'node:child_process';
import { findProgram } from './programs.ts';

/**
 * Shows an address in the user's browser, with the program that the platform has for it; `BROWSER` names another.
 * @returns false when there is none, as on a server
 */
export async function openInBrowser(address: string): Promise<boolean> {
  const wanted = [process.env['BROWSER'], process.platform === 'darwin' ? 'open' : undefined, 'xdg-open', 'wslview'];
  for (const name of wanted) {
    const program = name && (await findProgram(name));
    if (!program) continue;
    const child = spawn(program, [address], { stdio: 'ignore', detached: true });
    const started = await new Promise<boolean>((resolve) => {
      child.once('spawn', () => resolve(true));
      child.once('error', () => resolve(false));
    });
    child.unref();
    if (started) return true;
  }
  return false;
}
