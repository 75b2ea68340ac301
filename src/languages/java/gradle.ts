import { basename, dirname, join, relative } from 'node:path';
import { languageNothingToStart } from '../../diagnostics/catalogue/language.ts';
import { exists, readTextIfExists } from '../../host/files.ts';
import type { ServiceFolder } from '../language.ts';
import { shownPath } from '../manifest.ts';
import type { JavaProject } from './language.ts';
import { nearest } from './maven.ts';

/**
 * Reads the build.gradle of a folder, in either language; undefined when there is none. It is a program, and only what
 * stands in it literally is understood.
 */
export async function readGradle(folder: ServiceFolder): Promise<JavaProject | undefined> {
  const name = (await exists(join(folder.path, 'build.gradle.kts'))) ? 'build.gradle.kts' : 'build.gradle';
  const text = await readTextIfExists(join(folder.path, name));
  if (text === undefined) return undefined;
  const settings = await settingsFolder(folder);
  const way = relative(settings, folder.path);
  const project = way ? basename(folder.path) : await rootName(settings);
  const task = (task: string) => (way ? `:${way.split('/').join(':')}:${task}` : task);
  const wrapper = await nearest('gradlew', folder);
  const version = /^\s*version\s*=\s*["']([^"']+)["']/m.exec(
    `${text}\n${((await readTextIfExists(join(settings, 'gradle.properties'))) ?? '').replace(/^(version\s*=\s*)(\S+)$/m, '$1"$2"')}`,
  )?.[1];
  const java =
    /languageVersion.*?of\((\d+)\)|(?:source|target)Compatibility\s*=\s*["']?(?:JavaVersion\.VERSION_)?(\d+)/.exec(
      text,
    );
  const framework = frameworkOf(text);
  const at = (place: string) => join(folder.path, place);
  const chosen = taskFor(framework, text, project, version);
  return {
    tool: 'gradle',
    framework,
    because: [name, ...(framework ? [framework] : [])],
    versions: java ? `>=${java[1] ?? java[2]}` : undefined,
    versionsFrom: java ? shownPath(join(folder.path, name), folder.root) : undefined,
    program: wrapper ? undefined : 'gradle',
    // A daemon would outlive `gantry up`.
    build: {
      argv: [wrapper ?? 'gradle', '--console=plain', '--quiet', '--no-daemon', task(chosen?.task ?? 'assemble')],
      cwd: settings,
    },
    run: chosen && (chosen.jar ? ['java', '-jar', at(chosen.output)] : [at(chosen.output)]),
    outputs: chosen ? [at(chosen.output)] : [],
    inputs: [
      way ? settings : at('src/main'),
      at(name),
      ...['settings.gradle', 'settings.gradle.kts', 'gradle.properties', 'gradle'].map((file) => join(settings, file)),
    ],
    written: [at('build'), join(settings, 'build'), join(settings, '.gradle'), at('src/test')],
    diagnostics: chosen
      ? []
      : [
          languageNothingToStart(shownPath(folder.path, folder.root), 'java', [
            `the plugin org.springframework.boot, io.quarkus or application in ${name}`,
          ]),
        ],
  };
}

/** The task that makes what can be run, and where it lies. */
function taskFor(
  framework: JavaProject['framework'],
  text: string,
  project: string,
  version: string | undefined,
): { task: string; output: string; jar: boolean } | undefined {
  if (framework === 'quarkus') return { task: 'quarkusBuild', output: 'build/quarkus-app/quarkus-run.jar', jar: true };
  if (framework === 'spring-boot')
    return { task: 'bootJar', output: `build/libs/${project}${version ? `-${version}` : ''}.jar`, jar: true };
  if (framework === 'micronaut' || /\bapplication\b/.test(text))
    return { task: 'installDist', output: `build/install/${project}/bin/${project}`, jar: false };
  return undefined;
}

function frameworkOf(text: string): JavaProject['framework'] {
  if (/org\.springframework\.boot["']/.test(text)) return 'spring-boot';
  if (/["']io\.quarkus["']/.test(text)) return 'quarkus';
  return /io\.micronaut\.application/.test(text) ? 'micronaut' : undefined;
}

/** The folder above with the settings of the build, or the folder itself. */
async function settingsFolder({ path, root }: ServiceFolder): Promise<string> {
  for (let place = path; ; place = dirname(place)) {
    for (const name of ['settings.gradle', 'settings.gradle.kts']) if (await exists(join(place, name))) return place;
    if (place === root || place === dirname(place)) return path;
  }
}

/** `rootProject.name`, or the folder's. */
async function rootName(folder: string): Promise<string> {
  for (const name of ['settings.gradle', 'settings.gradle.kts']) {
    const text = await readTextIfExists(join(folder, name));
    const given = /rootProject\.name\s*=\s*["']([^"']+)["']/.exec(text ?? '')?.[1];
    if (given) return given;
  }
  return basename(folder);
}
