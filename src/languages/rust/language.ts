import { isAbsolute, join } from 'node:path';
import { languageNothingToStart, languageSeveralPrograms } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exists } from '../../host/files.ts';
import { fillableCommand } from '../command.ts';
import { reloadsItself } from '../given-command.ts';
import { neverSource } from '../ignore.ts';
import type { Detection, Language, PrepareStep, ServiceFolder } from '../language.ts';
import { shownPath } from '../manifest.ts';
import { restartOn } from '../reload.ts';
import { type Crate, readCrates, targetFolder, workspaceFolder } from './crate.ts';

/** Rust, by Cargo.toml. */
export const rust: Language = {
  name: 'rust',
  looksFor: ['Cargo.toml'],
  programs: ['cargo'],
  async detect(folder) {
    if (!(await exists(join(folder.path, 'Cargo.toml')))) return undefined;
    const { crates, diagnostics } = await readCrates(folder.path, folder.root);
    return describe(folder, crates, diagnostics);
  },
};

async function describe(folder: ServiceFolder, crates: Crate[], problems: readonly Diagnostic[]): Promise<Detection> {
  const workspace = await workspaceFolder(folder.path, folder.root);
  const target = await targetFolder(workspace, folder.root);
  const profile = folder.mode === 'production' ? 'release' : 'debug';
  const output = join(isAbsolute(target) ? target : join(folder.path, target), profile);
  const given = folder.devCommand ?? folder.command;
  const [crate] = crates;
  const programs = crates.flatMap((one) => one.programs);
  const program = crate?.programs[0];
  // A command of the user's that names one of the programs says which one is meant.
  const named = programs.find((name) => given?.[0] === name);
  const one = named ?? (crates.length === 1 && (crate?.chosen || programs.length === 1) ? program : undefined);
  const builder = crates.find(({ programs: own }) => own.includes(one ?? ''));
  const shown = shownPath(folder.path, folder.root);
  const diagnostics = [...problems];
  if (!given && programs.length > 1 && !one)
    diagnostics.push(
      languageSeveralPrograms(shown, programs, 'set `default-run` in Cargo.toml, or `command: [name]` of the service'),
    );
  if (!given && programs.length === 0 && problems.length === 0)
    diagnostics.push(languageNothingToStart(shown, 'rust', ['src/main.rs', 'a [[bin]] in Cargo.toml']));
  const steps =
    given && (reloadsItself(given) || given[0] === 'cargo')
      ? []
      : [buildStep(folder, workspace, target, output, builder, crates, one)];
  const sources = [folder.path, ...crates.flatMap(({ folder: own, locals }) => [own, ...locals])];
  return {
    language: 'rust',
    tool: 'cargo',
    because: ['Cargo.toml', ...(one ? [`program ${one}`] : [])],
    certainty: given || one ? 'manifest' : 'nothing-to-start',
    recipe: {
      requires: [
        {
          program: 'cargo',
          versions: builder?.versions,
          from: builder && `rust-version of ${shownPath(join(builder.folder, 'Cargo.toml'), folder.root)}`,
          cure: 'install Rust with rustup, see rust-lang.org/tools/install',
        },
      ],
      prepare: steps,
      run: fillableCommand(given ?? [join(output, one ?? '')], folder.path),
      path: [output],
      reload:
        given && reloadsItself(given)
          ? { kind: 'self', restart: [join(workspace, 'Cargo.lock')] }
          : restartOn(
              [...sources, join(workspace, 'Cargo.lock'), join(workspace, 'Cargo.toml')],
              [target, ...unbuilt(crates)],
              steps,
            ),
    },
    diagnostics,
  };
}

/** Folders of Cargo that no program is built from. */
const unbuilt = (crates: readonly Crate[]): string[] =>
  crates.flatMap(({ folder }) => ['tests', 'benches', 'examples'].map((name) => join(folder, name)));

/** Builds one program where it is known which, else all of them. Cargo itself compiles only what changed. */
function buildStep(
  folder: ServiceFolder,
  workspace: string,
  target: string,
  output: string,
  crate: Crate | undefined,
  crates: readonly Crate[],
  program: string | undefined,
): PrepareStep {
  const which = crate && program ? ['--package', crate.name, '--bin', program] : [];
  const release = folder.mode === 'production' ? ['--release', '--locked'] : [];
  const files = ['Cargo.lock', 'Cargo.toml', '.cargo', 'rust-toolchain.toml', 'rust-toolchain'];
  return {
    name: 'build',
    command: {
      argv: ['cargo', 'build', ...which, ...release],
      cwd: folder.path,
      environment: { CARGO_TARGET_DIR: target },
    },
    key: `build ${join(output, program ?? '')}`,
    inputs: [
      folder.path,
      ...crates.flatMap(({ folder: own, locals }) => [own, ...locals]),
      ...files.map((file) => join(workspace, file)),
    ],
    facts: [process.env['RUSTFLAGS'] ?? ''],
    ignore: [...neverSource, target, ...unbuilt(crates)],
    outputs: program ? [join(output, program)] : [],
  };
}
