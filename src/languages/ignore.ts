/**
 * Never source, wherever it lies: left out of what decides whether a step runs again, and of what is watched.
 * Names such as `dist` and `build` are not here, for a source folder may be called so: each language names its own
 * output by its absolute path.
 */
export const neverSource: readonly string[] = [
  'node_modules',
  '.git',
  '.gantry',
  '.venv',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.next',
  '.vite',
  '.turbo',
  '.cache',
  '.idea',
  '.vscode',
  '.DS_Store',
  '*.log',
  '*.pyc',
  '*.swp',
  '*~',
  '*.tmp',
  '*.tsbuildinfo',
];
