import type { Diagnostic } from '../diagnostic.ts';

/** Errors of the command line itself. They mean wrong usage: the program ends with exit code 2. */

const usage = (command: string) => `gantry ${command ? `${command} ` : ''}--help shows what there is`;

/** A word in the place of a command that is none. */
export const unknownCommand = (name: string, nearest?: string): Diagnostic => ({
  code: 'command/unknown-command',
  severity: 'error',
  message: `there is no command "${name}"`,
  nearest,
  cure: usage(''),
});

/** An option that the command does not have. @param command its words, empty for the program itself */
export const unknownOption = (command: string, option: string, nearest?: string): Diagnostic => ({
  code: 'command/unknown-option',
  severity: 'error',
  message: `${command ? `gantry ${command}` : 'gantry'} has no option "${option}"`,
  nearest,
  cure: usage(command),
});

/** An option whose value was left out. */
export const missingValue = (command: string, option: string): Diagnostic => ({
  code: 'command/missing-value',
  severity: 'error',
  message: `the option ${option} needs a value`,
  cure: usage(command),
});

/** A value that the option cannot take. @param expected in words: `one of text, json` */
export const wrongValue = (option: string, value: string, expected: string, nearest?: string): Diagnostic => ({
  code: 'command/wrong-value',
  severity: 'error',
  message: `${option} cannot be "${value}": expected ${expected}`,
  nearest,
  cure: `give ${option} ${expected}`,
});

/** An argument that the command cannot do without. */
export const missingArgument = (command: string, argument: string): Diagnostic => ({
  code: 'command/missing-argument',
  severity: 'error',
  message: `gantry ${command} needs <${argument}>`,
  cure: usage(command),
});

/** More arguments than the command takes. */
export const excessArguments = (command: string, taken: number): Diagnostic => ({
  code: 'command/excess-arguments',
  severity: 'error',
  message: `gantry ${command} takes ${taken === 0 ? 'no arguments' : taken === 1 ? 'one argument' : `${taken} arguments`}`,
  cure: usage(command),
});

/** The program of `gantry exec` does not start. */
export const cannotRun = (program: string, folder: string, problem: string): Diagnostic => ({
  code: 'run/cannot-run',
  severity: 'error',
  message: `"${program}" cannot be run in ${folder}: ${problem}`,
  cure: 'check the name; the service finds its own programs and those on your PATH',
});

/** There is nothing to show in a browser. */
export const noAddress = (name: string | undefined, names: readonly string[]): Diagnostic => ({
  code: 'run/no-address',
  severity: 'error',
  message: name === undefined ? 'the system has no address to open' : `${name} has no address to open`,
  cure: names.length > 0 ? `these have one: ${names.join(', ')}` : 'give a service a port, or the system a route',
});

/** No program shows an address, as on a server. */
export const noBrowser = (address: string): Diagnostic => ({
  code: 'run/no-browser',
  severity: 'error',
  message: 'no browser was found on this machine',
  cure: `open ${address} yourself, or name a program in BROWSER`,
});

/** `--engine` before there is a Compose target. */
export const engineNotYet = (): Diagnostic => ({
  code: 'command/engine-not-yet',
  severity: 'error',
  message: '--engine needs the generated Compose file, which this version cannot write yet',
  cure: 'leave --engine out: the system runs as plain processes, with no container engine',
});

/** A secret that the model does not have. */
export const unknownSecret = (name: string, names: readonly string[], nearest?: string): Diagnostic => ({
  code: 'secret/unknown',
  severity: 'error',
  message: `the model has no secret "${name}"`,
  nearest,
  cure: names.length > 0 ? `it has: ${names.join(', ')}` : 'add it under `secrets` of the model first',
});

/** Nothing was typed, or standard input was empty. */
export const emptySecret = (name: string): Diagnostic => ({
  code: 'secret/empty',
  severity: 'error',
  message: `no value was given for the secret ${name}`,
  cure: `type one when asked, or pipe it: gantry secret set ${name} < file`,
});

/** `gantry init` where there is a model. */
export const modelExists = (file: string): Diagnostic => ({
  code: 'model/exists',
  severity: 'error',
  message: `${file} is there already, and is left as it is`,
  cure: 'change it by hand, or move it away first',
});

/** `gantry init` where no folder holds a service. */
export const nothingDetected = (folder: string): Diagnostic => ({
  code: 'model/nothing-detected',
  severity: 'error',
  message: `no service was found in ${folder} or in the folders below it`,
  cure: 'run it where the services are; `gantry schema` says what a model may hold, to write one by hand',
});

/** Readiness did not come in time. */
export const notReadyInTime = (names: readonly string[], seconds: number): Diagnostic => ({
  code: 'run/not-ready-in-time',
  severity: 'error',
  message: `not ready after ${seconds} s: ${names.join(', ')}`,
  cure: 'look at gantry logs, or wait longer with --timeout',
});

/** An edit of the model could not be read at all: a fault of ours or of the machine. What runs goes on as it was. */
export const cannotReload = (problem: string): Diagnostic => ({
  code: 'run/cannot-reload',
  severity: 'error',
  message: `the edited model could not be read: ${problem}`,
  cure: 'the system runs on as it was; save the model again, or see what gantry check says',
});
