import { refusedPlace } from './catalogue/file.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What a machine refuses through no fault of the program, in words and with what helps. Codes of errno(3). */
const reasons: Readonly<Record<string, readonly [reason: string, cure: string]>> = {
  EACCES: ['permission is denied', 'run as the user whom it belongs to, or change its permissions'],
  EPERM: ['it is not permitted', 'run as the user whom it belongs to, or change its permissions'],
  EROFS: ['its file system is read-only', 'work in a folder on a file system that can be written to'],
  ENOSPC: ['the disk is full', 'make room on the disk, then run it again'],
  EDQUOT: ['the disk quota is used up', 'make room on the disk, then run it again'],
  EEXIST: ['something else has its name', 'move that away, then run it again'],
  ENOTDIR: ['a part of that path is a file', 'move that file away, then run it again'],
  EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
  ENFILE: ['too many files are open on this machine', 'close other programs, then run it again'],
};

/** A refusal of the machine's, told as one; undefined for any other error, which is a mistake of ours. */
export function refusal(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known && path !== undefined ? refusedPlace(path, ...known) : undefined;
}
