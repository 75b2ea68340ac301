import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, folderWith, gantry } from './support/gantry.ts';

const shop = {
  'gantry.yaml': `system: shop
services:
  api: {source: api, port: 3000, env: {DATABASE_URL: "\${db.url}", KEY: "\${secrets.signing-key}"}}
  web: {source: web, port: 3001}
backing:
  db: {type: postgres}
secrets:
  signing-key: {generate: 32}
environments:
  local: {}
  staging: {}
  production: {}
`,
};

/** What the shell would offer, without the descriptions and the directive at the end. */
const offered = async (files: Record<string, string> | string, ...words: string[]) => {
  const { stdout, stderr, code } = await gantry('complete', '--', ...words)
    .in(files)
    .run();
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0]);
};

test('offers commands, and not the hidden ones', async () => {
  expect(await offered(shop, 'st')).toEqual(['status']);
  const all = await offered(shop, '');
  expect(all).toContain('up');
  expect(all).not.toContain('plan-aside');
});

test('offers services where a service is meant', async () => {
  expect(await offered(shop, 'up', '')).toEqual(['api', 'web', 'db']);
  expect(await offered(shop, 'logs', '-f', 'w')).toEqual(['web']);
  expect(await offered(shop, 'exec', 'a')).toEqual(['api']);
});

test('offers environments, secrets, choices, options', async () => {
  expect(await offered(shop, 'plan', '--environment', '')).toEqual(['local', 'staging', 'production']);
  expect(await offered(shop, 'plan', '-e', 'st')).toEqual(['staging']);
  expect(await offered(shop, 'secret', 'set', '')).toEqual(['signing-key']);
  expect(await offered(shop, 'graph', '--format', '')).toEqual(['text', 'mermaid', 'svg']);
  expect(await offered(shop, 'up', '--det')).toEqual(['--detach']);
  expect(await offered(shop, 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
});

test('reads the model that the line names', async () => {
  const folder = folderWith({ 'inner/gantry.yaml': String(shop['gantry.yaml']).replaceAll('web', 'page') });
  expect(await offered(folder, 'logs', '-C', 'inner', 'p')).toEqual(['page']);
});

test('a missing or broken model offers nothing and says nothing', async () => {
  expect(await offered({}, 'up', '')).toEqual([]);
  expect(await offered({ 'gantry.yaml': '{{{' }, 'up', '')).toEqual([]);
});

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  const missing = spawnSync(shell, ['-c', 'true']).status !== 0;

  test('asks gantry', async () => {
    const { stdout, code } = await gantry('completion', shell).run();
    expect(code).toBe(0);
    expect(stdout).toContain('gantry complete --');
  });

  test.skipIf(missing)(missing ? `can be read by it: not run, there is no ${shell}` : 'can be read by it', async () => {
    const { stdout } = await gantry('completion', shell).run();
    const script = join(folderWith({ script: stdout }), 'script');
    expect(spawnSync(shell, ['-n', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

const noBash = spawnSync('bash', ['-c', 'true']).status !== 0;
describe.skipIf(noBash)(noBash ? 'in bash: not run, there is no bash' : 'in bash', () => {
  test('a press of the key completes a service', async () => {
    const folder = folderWith(shop);
    const { stdout: script } = await gantry('completion', 'bash').run();
    const { stdout } = spawnSync(
      'bash',
      [
        '--norc',
        '-c',
        `gantry() { '${process.execPath}' '${cli}' "$@"; }
_get_comp_words_by_ref() { cur="\${COMP_WORDS[COMP_CWORD]}"; prev="\${COMP_WORDS[COMP_CWORD-1]}"; words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
eval "$SCRIPT"
COMP_WORDS=(gantry restart a); COMP_CWORD=2; COMP_LINE="gantry restart a"; COMP_POINT=16
__gantry_complete
printf '%s\\n' "\${COMPREPLY[@]}"`,
      ],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, SCRIPT: script } },
    );
    expect(stdout.trim().split(/\s/)[0]).toBe('api');
  });
});
