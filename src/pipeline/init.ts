import { basename, join, relative } from 'node:path';
import { modelExists, nothingDetected } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { exists, kindOf, listFolder, writeAtomically } from '../host/files.ts';
import type { Detection } from '../languages/language.ts';
import { detectLanguage } from '../languages/registry.ts';
import { modelFiles } from '../model/find-file.ts';

/** A folder that holds a service. */
export interface FoundService {
  name: string;
  /** Relative to the model, with forward slashes. */
  source: string;
  language: string;
  framework?: string;
  because: string[];
}

/** Folders that hold what was installed or made, or examples and tests, but no service of the system. */
const skipped = new Set([
  'node_modules',
  'dist',
  'build',
  'target',
  'vendor',
  'test',
  'tests',
  'docs',
  '__pycache__',
  'venv',
]);

/** How many folders down services are looked for: `services/gateway`, `apps/group/web`. */
const depth = 3;

/**
 * Writes a first model from the services that are found in a folder.
 * @throws Failure when there is a model already, or nothing is found
 */
export async function initialiseModel(
  folder: string,
): Promise<{ file: string; text: string; services: FoundService[] }> {
  for (const file of modelFiles) if (await exists(join(folder, file))) throw new Failure([modelExists(file)]);
  const services = await findServices(folder, folder, depth);
  if (services.length === 0) throw new Failure([nothingDetected(folder)]);
  const text = modelText(nameFrom(basename(folder)), named(services));
  await writeAtomically(join(folder, 'gantry.yaml'), text);
  return { file: 'gantry.yaml', text, services };
}

/** Services in a folder and below; below a service there is no other, but a workspace's members are services, and it is not. */
async function findServices(root: string, folder: string, left: number): Promise<FoundService[]> {
  const below: FoundService[] = [];
  if (left > 0) {
    for (const name of await listFolder(folder)) {
      if (name.startsWith('.') || skipped.has(name)) continue;
      const path = join(folder, name);
      if ((await kindOf(path)) === 'folder') below.push(...(await findServices(root, path, left - 1)));
    }
  }
  if (below.length > 0) return below;
  const detection = await detectLanguage({ path: folder, root, mode: 'development' });
  return Array.isArray(detection) || !isService(detection) ? [] : [described(root, folder, detection)];
}

/** A folder with only a few pages or sources may be anything; a manifest means it. */
const isService = ({ certainty }: Detection): boolean => certainty === 'manifest';

const described = (root: string, folder: string, { language, framework, because }: Detection): FoundService => ({
  name: nameFrom(basename(folder)),
  source: relative(root, folder).replaceAll('\\', '/') || '.',
  language,
  framework,
  because,
});

/** Names that are used once; a second `api` takes the name of the folder above in front. */
function named(services: FoundService[]): FoundService[] {
  const used = new Set<string>();
  return services.map((service) => {
    const whole = nameFrom(service.source);
    let name = used.has(service.name) ? whole : service.name;
    for (let number = 2; used.has(name); number += 1) name = `${whole}-${number}`;
    used.add(name);
    return { ...service, name };
  });
}

/** A DNS label (RFC 1123) from the name of a folder. */
function nameFrom(folder: string): string {
  const label = folder.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return label.replace(/^[^a-z]+|-+$/g, '').slice(0, 40) || 'system';
}

/** Ports are one apart from 3000 on, so that no two services want the same. */
function modelText(system: string, services: readonly FoundService[]): string {
  const entries = services.map(({ name, source, language, framework, because }, index) =>
    [
      `  ${name}: # ${[language, framework].filter(Boolean).join(', ')}: ${because.join(', ')}`,
      `    source: ${/^[\w./-]+$/.test(source) ? source : JSON.stringify(source)}`,
      `    port: ${3000 + index}`,
    ].join('\n'),
  );
  return [
    '# yaml-language-server: $schema=./node_modules/gantry/dist/schema.json',
    `system: ${system}`,
    '',
    'services:',
    entries.join('\n'),
    '',
    '# What the services use beside each other, for example:',
    '# backing:',
    '#   postgres: {type: postgres}',
    '# A service is given its address by a reference in its `env`: DATABASE_URL: ${postgres.url}',
    '',
  ].join('\n');
}
