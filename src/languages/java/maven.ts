import { dirname, join, relative } from 'node:path';
import {
  languageBrokenManifest,
  languageNothingToStart,
  languageSeveralPrograms,
} from '../../diagnostics/catalogue/language.ts';
import { exists, readTextIfExists } from '../../host/files.ts';
import type { ServiceFolder } from '../language.ts';
import { shownPath, type Table, tableOf, textOf } from '../manifest.ts';
import type { JavaProject } from './language.ts';
import { mainClasses } from './main-class.ts';

/** Reads pom.xml of a folder; undefined when there is none. */
export async function readMaven(folder: ServiceFolder): Promise<JavaProject | undefined> {
  const file = join(folder.path, 'pom.xml');
  const text = await readTextIfExists(file);
  if (text === undefined) return undefined;
  const pom = await parsePom(text);
  const above = await reactorOf(folder);
  const wrapper = await nearest('mvnw', folder);
  const at = (name: string) => join(folder.path, name);
  const module = above === folder.path ? [] : ['--projects', relative(above, folder.path), '--also-make'];
  const maven = [wrapper ?? 'mvn', '--batch-mode', '--no-transfer-progress', '--quiet', '-DskipTests', ...module];
  const release = resolveText(pom, textOf(tableOf(pom['properties'])['maven.compiler.release'])) ?? javaVersion(pom);
  const project: JavaProject = {
    tool: 'maven',
    framework: frameworkOf(text),
    because: ['pom.xml'],
    versions: release && `>=${release}`,
    versionsFrom: release && shownPath(file, folder.root),
    program: wrapper ? undefined : 'mvn',
    build: { argv: [...maven, 'package'], cwd: above },
    outputs: [],
    inputs: [above === folder.path ? at('src/main') : above, file, join(above, 'pom.xml'), join(above, '.mvn')],
    written: [at('target'), at('src/test')],
    diagnostics: [],
  };
  if ('broken' in pom) {
    const { line, column, problem } = pom.broken as { line: number; column: number; problem: string };
    const place = { file: shownPath(file, folder.root), line, column };
    return { ...project, diagnostics: [languageBrokenManifest(place, problem)] };
  }
  if (project.framework === 'quarkus') return withJar(project, at('target/quarkus-app/quarkus-run.jar'));
  const jar = at(`target/${jarName(pom)}.jar`);
  if (project.framework) return withJar({ ...project, because: ['pom.xml', project.framework] }, jar);
  // A main class in the configuration of a plugin goes into the jar's manifest.
  if (/<mainClass>/.test(text)) return withJar(project, jar);
  return runClasses(project, maven, folder);
}

const withJar = (project: JavaProject, jar: string): JavaProject => ({
  ...project,
  run: ['java', '-jar', jar],
  outputs: [jar],
});

/** Without a jar that can be run: the compiled classes with their libraries beside them. */
async function runClasses(project: JavaProject, maven: string[], folder: ServiceFolder): Promise<JavaProject> {
  const shown = shownPath(folder.path, folder.root);
  const mains = await mainClasses(folder.path);
  const [main] = mains;
  if (main === undefined || mains.length > 1) {
    const nothing = languageNothingToStart(shown, 'java', [
      'one class with a `main` method',
      'a `mainClass` in pom.xml',
    ]);
    const several = languageSeveralPrograms(shown, mains, 'name one as `mainClass` of maven-jar-plugin in pom.xml');
    return { ...project, diagnostics: [main === undefined ? nothing : several] };
  }
  const target = join(folder.path, 'target');
  const hasLibraries = /<dependency>/.test((await readTextIfExists(join(folder.path, 'pom.xml'))) ?? '');
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=target/dependency'];
  return {
    ...project,
    because: [...project.because, `main of ${main}`],
    build: { ...project.build, argv: [...maven, 'compile', ...(hasLibraries ? copy : [])] },
    run: ['java', '--class-path', `${join(target, 'classes')}:${join(target, 'dependency')}/*`, main],
    outputs: [join(target, 'classes', `${main.replaceAll('.', '/')}.class`)],
  };
}

/** The pom's `project` as a table; `broken` with line, column and problem when it is no XML. */
async function parsePom(text: string): Promise<Table> {
  const { XMLParser, XMLValidator } = await import('fast-xml-parser');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    return { broken: { line: valid.err.line, column: valid.err.col, problem: valid.err.msg.replace(/\.$/, '') } };
  const parsed: unknown = new XMLParser({ parseTagValue: false, processEntities: false }).parse(text);
  return tableOf(tableOf(parsed)['project']);
}

/** `artifactId-version`, or the build's `finalName`. */
function jarName(pom: Table): string {
  const given = resolveText(pom, textOf(tableOf(pom['build'])['finalName']));
  return given ?? `${textOf(pom['artifactId'])}-${resolveText(pom, versionOf(pom))}`;
}

const versionOf = (pom: Table): string | undefined =>
  textOf(pom['version']) ?? textOf(tableOf(pom['parent'])['version']);

/** A value with `${…}` filled in from the pom's own properties and coordinates. */
function resolveText(pom: Table, text: string | undefined): string | undefined {
  const properties = tableOf(pom['properties']);
  return text?.replace(/\$\{([\w.-]+)\}/g, (whole, name: string) => {
    if (name === 'project.artifactId') return textOf(pom['artifactId']) ?? whole;
    if (name === 'project.version') return resolveText(pom, versionOf(pom)) ?? whole;
    return textOf(properties[name]) ?? whole;
  });
}

/** `1.8` is 8. */
const javaVersion = (pom: Table): string | undefined => {
  const properties = tableOf(pom['properties']);
  const version = textOf(properties['java.version']) ?? textOf(properties['maven.compiler.target']);
  return resolveText(pom, version)?.replace(/^1\./, '');
};

function frameworkOf(text: string): JavaProject['framework'] {
  if (/<artifactId>spring-boot-maven-plugin</.test(text)) return 'spring-boot';
  if (/<artifactId>quarkus-maven-plugin</.test(text)) return 'quarkus';
  return /<artifactId>micronaut-maven-plugin</.test(text) ? 'micronaut' : undefined;
}

/** The folder whose pom.xml lists this one among its modules, or the folder itself. */
async function reactorOf(folder: ServiceFolder): Promise<string> {
  for (let place = folder.path; place !== folder.root && place !== dirname(place); ) {
    place = dirname(place);
    const text = await readTextIfExists(join(place, 'pom.xml'));
    const modules = [...(text ?? '').matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map((match) => match[1] ?? '');
    if (modules.some((module) => join(place, module) === folder.path)) return place;
  }
  return folder.path;
}

/** A wrapper script in the folder or above it, up to the system's folder. */
export async function nearest(name: string, { path, root }: ServiceFolder): Promise<string | undefined> {
  for (let place = path; ; place = dirname(place)) {
    if (await exists(join(place, name))) return join(place, name);
    if (place === root || place === dirname(place)) return undefined;
  }
}
