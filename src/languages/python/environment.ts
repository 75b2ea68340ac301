import { basename, join } from 'node:path';
import { exists, sha256 } from '../../host/files.ts';
import type { PrepareStep, RequiredProgram } from '../language.ts';
import { shownPath } from '../manifest.ts';
import type { Project } from './project.ts';

/** The virtual environment of a service, and the steps that make and fill it. */
export interface Environment {
  folder: string;
  steps: PrepareStep[];
  requires: RequiredProgram[];
}

/**
 * Where the dependencies of a project are installed: the user's own `.venv` when there is one, else one below the
 * system's `.gantry`, so that nothing appears in the source.
 * @param root the system's folder.
 */
export async function environmentOf(project: Project, root: string): Promise<Environment> {
  const own = join(project.installFolder, '.venv');
  const owned = await exists(join(own, 'pyvenv.cfg'));
  const slug = `${basename(project.installFolder)}-${sha256(shownPath(project.installFolder, root)).slice(0, 8)}`;
  const folder = owned ? own : join(root, '.gantry/prepared/python', slug);
  const python = {
    program: 'python3',
    versions: project.versions,
    from: `requires-python of ${shownPath(join(project.folder, 'pyproject.toml'), root)}`,
    cure: 'install Python 3, from python.org or your system’s packages',
  };
  const install = installStep(project, folder, owned && !(await exists(join(own, 'bin/pip'))));
  if (project.tool === 'uv')
    return {
      folder,
      steps: [install],
      requires: [{ program: 'uv', cure: 'run `pip install uv`, or see uv’s own page' }],
    };
  const usesPip = project.tool === 'pip' && install.command.argv.length > 0;
  const create: PrepareStep = {
    name: 'environment',
    // Putting pip into it takes most of the time; Poetry brings its own.
    command: {
      argv: ['python3', '-m', 'venv', ...(usesPip ? [] : ['--without-pip']), folder],
      cwd: project.folder,
      environment: {},
    },
    key: `environment ${folder}`,
    inputs: [join(project.folder, '.python-version')],
    facts: [],
    ignore: [],
    outputs: [join(folder, 'pyvenv.cfg'), join(folder, 'bin/python')],
  };
  const poetry = { program: 'poetry', cure: 'run `pipx install poetry`' };
  return {
    folder,
    // A folder without dependencies still gets one, for `python` to be the same program in every command.
    steps: [...(owned ? [] : [create]), ...(install.command.argv.length > 0 ? [install] : [])],
    requires: [python, ...(project.tool === 'poetry' ? [poetry] : [])],
  };
}

/** @param withoutPip the environment has no pip of its own, as those that uv made. */
function installStep(project: Project, folder: string, withoutPip: boolean): PrepareStep {
  const at = (name: string) => join(project.installFolder, name);
  const python = join(folder, 'bin/python');
  const pip = withoutPip
    ? ['uv', 'pip', 'install', '--python', python]
    : [python, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet', '--progress-bar', 'off'];
  const [first] = project.requirements;
  const wanted = first ? ['--requirement', first] : project.inline;
  const { argv, environment, inputs } = {
    uv: {
      argv: ['uv', 'sync', '--locked', '--all-packages', '--no-progress'],
      environment: { UV_PROJECT_ENVIRONMENT: folder },
      inputs: [at('uv.lock'), at('uv.toml'), at('.python-version')],
    },
    poetry: {
      argv: ['poetry', 'install', '--no-interaction', '--no-ansi', '--no-root'],
      environment: { VIRTUAL_ENV: folder },
      inputs: [at('poetry.lock'), at('poetry.toml')],
    },
    pip: {
      argv: wanted.length > 0 ? [...pip, ...wanted] : [],
      environment: {},
      inputs: [
        ...project.requirements,
        ...project.locals.flatMap((local) => [join(local, 'pyproject.toml'), join(local, 'setup.py')]),
      ],
    },
  }[project.tool];
  return {
    name: 'install',
    command: { argv, cwd: project.installFolder, environment: { VIRTUAL_ENV: folder, ...environment } },
    key: `install ${folder}`,
    // An environment that was made anew is empty; uv makes it itself.
    inputs: [...inputs, ...(project.tool === 'uv' ? [] : [join(folder, 'pyvenv.cfg')])],
    facts: project.facts,
    ignore: [],
    outputs: [join(folder, 'bin/python')],
  };
}
