import type { SecretStatus } from '../../pipeline/secrets.ts';
import type { Colors } from '../terminal/terminal.ts';
import { counted } from './amounts.ts';

/** Secrets one a line: the name, and where its value comes from. */
export function secretTable(secrets: readonly SecretStatus[], colors: Colors): string {
  if (secrets.length === 0) return 'the model has no secrets\n';
  const width = Math.max(...secrets.map(({ name }) => name.length));
  const said = ({ origin, variable, optional }: SecretStatus): string => {
    if (origin === 'variable') return `from the variable ${variable}`;
    if (origin === 'kept') return 'kept in .gantry/';
    if (origin === 'generated') return 'made at the first start';
    return optional ? colors.dim('no value (optional)') : colors.red(`no value: set ${variable}, or keep one`);
  };
  const missing = secrets.filter(({ origin, optional }) => origin === 'missing' && !optional).length;
  const lines = secrets.map((secret) => `${secret.name.padEnd(width)}  ${said(secret)}`);
  if (missing > 0) lines.push('', `${counted(missing, 'secret')} without a value`);
  return `${lines.join('\n')}\n`;
}
