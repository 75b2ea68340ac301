import { basename, dirname, join } from 'node:path';
import { languageNothingToStart, languageSeveralPrograms } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { sha256 } from '../../host/files.ts';
import { fillableCommand } from '../command.ts';
import { reloadsItself } from '../given-command.ts';
import { neverSource } from '../ignore.ts';
import type { Detection, Language, PrepareStep, ServiceFolder } from '../language.ts';
import { shownPath } from '../manifest.ts';
import { restartOn } from '../reload.ts';
import { findModule, type Module, mainPackages } from './module.ts';

/** Go, by go.mod in the folder or above it. */
export const go: Language = {
  name: 'go',
  looksFor: ['go.mod'],
  programs: ['go', 'air'],
  async detect(folder) {
    const module = await findModule(folder.path, folder.root);
    return module && describe(folder, module);
  },
};

async function describe(folder: ServiceFolder, module: Module): Promise<Detection> {
  const given = folder.devCommand ?? folder.command;
  const mains = await mainPackages(folder.path);
  const own = basename(folder.path === folder.root ? module.name : folder.path);
  const named = mains.find((main) => [given?.[0], own].includes(basename(main)));
  const main = mains.includes('.') ? '.' : (named ?? (mains.length === 1 ? mains[0] : undefined));
  const program = main === undefined || main === '.' ? own : basename(main);
  const slug = sha256(shownPath(folder.path, folder.root)).slice(0, 8);
  const output = join(folder.root, '.gantry/prepared/go', `${own}-${slug}`);
  const steps =
    main === undefined || (given && reloadsItself(given))
      ? []
      : [buildStep(folder, module, main, join(output, program))];
  return {
    language: 'go',
    tool: 'go',
    because: [shownPath(join(module.folder, 'go.mod'), folder.root), ...(main ? [`package main in ${main}`] : [])],
    certainty: given || main !== undefined ? 'manifest' : 'nothing-to-start',
    recipe: {
      requires: [
        {
          program: 'go',
          // An older go fetches the toolchain that go.mod names; only before 1.21 it could not.
          versions: '>=1.21',
          cure: 'install Go, see go.dev/doc/install',
        },
      ],
      prepare: steps,
      run: fillableCommand(given ?? [join(output, program)], folder.path),
      path: [output],
      reload:
        given && reloadsItself(given)
          ? { kind: 'self', restart: [join(module.folder, 'go.sum')] }
          : restartOn([module.folder, ...module.locals], ['vendor'], steps),
    },
    diagnostics: given || main !== undefined ? [] : problem(shownPath(folder.path, folder.root), mains),
  };
}

const problem = (shown: string, mains: readonly string[]): Diagnostic[] =>
  mains.length > 1
    ? [
        languageSeveralPrograms(
          shown,
          mains,
          'set `source` to the folder of one of them, or `command: [name]` of the service',
        ),
      ]
    : [languageNothingToStart(shown, 'go', ['a package main in the folder', 'cmd/<name>/main.go'])];

function buildStep(folder: ServiceFolder, module: Module, main: string, output: string): PrepareStep {
  // The state of the repository is stamped into a release only: asking git at every edit takes time.
  const flags = folder.mode === 'production' ? ['-trimpath'] : ['-buildvcs=false'];
  return {
    name: 'build',
    command: {
      argv: ['go', 'build', ...flags, '-o', output, main === '.' ? '.' : `./${main}`],
      cwd: folder.path,
      environment: {},
    },
    key: `build ${output}`,
    inputs: [module.folder, ...module.locals, join(dirname(module.folder), 'go.work')],
    facts: ['GOFLAGS', 'GOARCH', 'CGO_ENABLED'].map((name) => process.env[name] ?? ''),
    ignore: [...neverSource, '*_test.go'],
    outputs: [output],
  };
}
