import type { Diagnostic, Position } from '../diagnostic.ts';

/** No language knows the folder. @param looked what each language looked for, in words. */
export const languageNotDetected = (
  folder: string,
  looked: readonly { language: string; files: string }[],
): Diagnostic => ({
  code: 'language/not-detected',
  severity: 'error',
  message: `nothing in ${named(folder)} says how to run it`,
  cure: 'add the manifest of its language, or say how it is started with `command` or `dev: {command: […]}`',
  related: looked.map(({ language, files }) => ({ message: `${language}: looked for ${files}` })),
});

/** The folder that the model names is not there. @param nearest a folder of a similar name. */
export const languageNoFolder = (folder: string, nearest?: string): Diagnostic => ({
  code: 'language/no-folder',
  severity: 'error',
  message: `there is no folder ${folder}`,
  cure: 'correct `source` of the service',
  ...(nearest ? { nearest } : {}),
});

/** Several languages know the folder equally well. */
export const languageAmbiguous = (
  folder: string,
  found: readonly { language: string; because: readonly string[] }[],
): Diagnostic => ({
  code: 'language/ambiguous',
  severity: 'error',
  message: `${named(folder)} could be ${listed(found.map(({ language }) => language))}`,
  cure: 'say which with `dev: {command: […]}` that begins with a program of that language, or give each a folder of its own',
  related: found.map(({ language, because }) => ({ message: `${language}: ${because.join(', ')}` })),
});

/** The language is known, what to start is not. @param looked what would have told. */
export const languageNothingToStart = (folder: string, language: string, looked: readonly string[]): Diagnostic => ({
  code: 'language/nothing-to-start',
  severity: 'error',
  message: `${named(folder)} is ${language}, but nothing in it says what to start`,
  cure: `add ${listed(looked, 'or')}, or set \`command\` of the service`,
});

/** Several programs could be the service. @param how the way to name one of them, in words. */
export const languageSeveralPrograms = (folder: string, programs: readonly string[], how: string): Diagnostic => ({
  code: 'language/several-programs',
  severity: 'error',
  message: `${named(folder)} holds several programs: ${listed(programs)}`,
  cure: how,
  ...(programs[0] ? { nearest: programs[0] } : {}),
});

/** A manifest that cannot be read as what it should be. */
export const languageBrokenManifest = (at: Position, problem: string): Diagnostic => ({
  code: 'language/broken-manifest',
  severity: 'error',
  message: `${at.file} cannot be read: ${problem}`,
  at,
  cure: 'correct the file',
});

/** TypeScript that neither is built nor can be run as it is. */
export const languageTypescriptWithoutBuild = (folder: string, entry: string): Diagnostic => ({
  code: 'language/typescript-without-build',
  severity: 'error',
  message: `${named(folder)} starts with ${entry}, which Node ${process.versions.node} cannot run as it is`,
  cure: 'add tsx to the dependencies, or a `build` script, or run Gantry with Node 22.18 or newer',
});

/** A Python application without anything among its dependencies that could serve it. */
export const languageNoServer = (folder: string, framework: string, file: string): Diagnostic => ({
  code: 'language/no-server',
  severity: 'error',
  message: `${named(folder)} has a ${framework} application in ${file}, but no server for it among its dependencies`,
  cure: 'add uvicorn to the dependencies, or set `command` of the service',
});

/** Dependencies without a lockfile: what is installed may differ from day to day. */
export const languageNoLockfile = (folder: string, file: string, command: string): Diagnostic => ({
  code: 'language/no-lockfile',
  severity: 'warning',
  message: `${named(folder)} has dependencies but no ${file}, so two installs may differ`,
  cure: `run \`${command}\` there once and commit the file`,
});

/** More than one tool's lockfile: one was taken. */
export const languageSeveralLockfiles = (folder: string, taken: string, others: readonly string[]): Diagnostic => ({
  code: 'language/several-lockfiles',
  severity: 'warning',
  message: `${named(folder)} has ${listed([taken, ...others])}; ${taken} is used`,
  cure: 'remove the others, or name the tool in `packageManager` of package.json',
});

/** A program that a service needs is not on this machine. */
export const languageMissingProgram = (program: string, services: readonly string[], cure: string): Diagnostic => ({
  code: 'language/missing-program',
  severity: 'error',
  message: `${program} is not on PATH${services.length > 0 ? `; ${listed(services)} ${services.length === 1 ? 'needs' : 'need'} it` : ''}`,
  cure,
});

/** A program is there in a version that does not fit. @param from where the range is written. */
export const languageWrongVersion = (
  program: string,
  found: string,
  wanted: string,
  from: string | undefined,
  cure: string,
): Diagnostic => ({
  code: 'language/wrong-version',
  severity: 'error',
  message: `${program} is ${found}, but ${wanted} is wanted${from ? ` (${from})` : ''}`,
  cure,
});

/** A prepare step ended badly. @param lines those of its output that explain it. */
export const languagePrepareFailed = (
  step: string,
  command: string,
  folder: string,
  code: number,
  lines: readonly string[],
): Diagnostic => ({
  code: 'language/prepare-failed',
  severity: 'error',
  message: `${step} failed: \`${command}\` in ${named(folder)} ended with exit code ${code}`,
  cure: 'what it said is below; run the command in that folder to see all of it',
  related: lines.map((message) => ({ message })),
});

/** A prepare step ended well but did not make what it should have. */
export const languageNothingPrepared = (step: string, command: string, missing: readonly string[]): Diagnostic => ({
  code: 'language/nothing-prepared',
  severity: 'error',
  message: `${step} ran \`${command}\`, but ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not there afterwards`,
  cure: 'correct the path that is started, or where the build writes to',
});

/** A prepare step was asked to stop before its end. It will run again. */
export const languageInterrupted = (step: string): Diagnostic => ({
  code: 'language/interrupted',
  severity: 'error',
  message: `${step} was stopped before its end`,
  cure: 'run it again; what was half done does not count',
});

/** A folder as messages name it. */
const named = (folder: string): string => (folder === '.' ? 'the folder of the model' : folder);

const listed = (names: readonly string[], word = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
