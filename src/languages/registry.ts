import { basename, dirname, join, resolve } from 'node:path';
import { languageAmbiguous, languageNoFolder, languageNotDetected } from '../diagnostics/catalogue/language.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { kindOf, listFolder } from '../host/files.ts';
import { givenCommand } from './given-command.ts';
import { go } from './go/language.ts';
import { java } from './java/language.ts';
import { certainties, type Detection, type Language, type ServiceFolder } from './language.ts';
import { shownPath } from './manifest.ts';
import { node } from './node/language.ts';
import { python } from './python/language.ts';
import { rust } from './rust/language.ts';
import { staticFiles } from './static/language.ts';

/** Every language, one line each. The order says nothing: how certain a language is decides. */
export const languages: readonly Language[] = [node, python, rust, go, java, staticFiles];

/**
 * Finds out how a service is prepared, run and reloaded. The most certain language wins (see `Certainty`); between equally
 * certain ones, that of the program in front of the given command. A folder of no language runs its given command.
 * @returns the diagnostics when nothing fits, several fit equally, or the one that fits cannot be used.
 */
export async function detectLanguage(asked: ServiceFolder): Promise<Detection | Diagnostic[]> {
  const folder = { ...asked, path: resolve(asked.path), root: resolve(asked.root) };
  const shown = shownPath(folder.path, folder.root);
  if ((await kindOf(folder.path)) !== 'folder') {
    const near = nearest(basename(folder.path), await listFolder(dirname(folder.path)));
    return [languageNoFolder(shown, near && shownPath(join(dirname(folder.path), near), folder.root))];
  }
  const found = (await Promise.all(languages.map((language) => language.detect(folder)))).filter(
    (detection) => detection !== undefined,
  );
  const best = mostCertain(found, folder);
  const given = folder.devCommand ?? folder.command;
  const [first] = best;
  if (!first) {
    if (given) return givenCommand(folder, given);
    const looked = languages.map(({ name, looksFor }) => ({ language: name, files: looksFor.join(', ') }));
    return [languageNotDetected(shown, looked)];
  }
  if (best.length > 1) return [languageAmbiguous(shown, best)];
  return hasErrors(first.diagnostics) ? first.diagnostics : first;
}

/** Those that no other is more certain than; the given command's own language alone, if it is among them. */
function mostCertain(found: readonly Detection[], folder: ServiceFolder): Detection[] {
  const program = basename((folder.devCommand ?? folder.command)?.[0] ?? '');
  const named = found.filter(({ language }) =>
    languages.some(({ name, programs }) => name === language && programs.includes(program)),
  );
  const candidates = named.length > 0 ? named : found;
  const rank = (detection: Detection) => certainties.indexOf(detection.certainty);
  const lowest = Math.min(...candidates.map(rank));
  return candidates.filter((detection) => rank(detection) === lowest);
}
