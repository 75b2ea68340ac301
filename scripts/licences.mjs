/** The licences of the packages whose code is bundled: they ask to be passed on with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder of the package that a module belongs to, or undefined for a module of ours. */
function packageOf(module) {
  if (!module.includes('node_modules')) return undefined;
  let folder = dirname(module);
  while (!namedIn(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** A folder inside a package may have a package.json that only says which kind of modules it holds. */
function namedIn(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name !== undefined;
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text.replaceAll('\r\n', '\n')}\n`;
}

/**
 * Collects while bundling.
 * @returns a rolldown plugin, and the text of all licences, sorted by name, once everything is bundled
 */
export function collectLicences() {
  const folders = new Set();
  return {
    plugin: {
      name: 'licences',
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          for (const module of Object.keys(chunk.modules ?? {})) {
            const folder = packageOf(module.replace(/^\0/, '').replace(/\?.*$/, ''));
            if (folder) folders.add(folder);
          }
        }
      },
    },
    text() {
      const line = `\n${'-'.repeat(80)}\n\n`;
      const parts = [...folders].map(licenceOf).sort();
      return `Gantry holds code of these packages, under their own licences.\n${line}${parts.join(line)}`;
    },
  };
}
