import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Inside the repository, so that the compiler finds what it imports.
const folder = mkdtempSync(join(root, 'test/types/.compile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);

function compile(files: string[]) {
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const messages = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n').at(0)}`;
  });
  return { program, messages };
}

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('every line that must compile does, and every one that must not does not', () => {
  expect(compile([join(root, 'test/types/references.ts')]).messages).toEqual([]);
});

test('the compiler says what is wrong', () => {
  const path = written(
    'wrong.ts',
    `import { defineSystem } from '../../../src/model/define-system.ts';
export default defineSystem({
  system: 'shop',
  services: { web: { source: 'web', prot: 80, env: { A: '\${postgrse.url}' } } },
  backing: { postgres: { type: 'postgres' } },
});
`,
  );
  const { messages } = compile([path]);
  expect(messages).toHaveLength(2);
  expect(messages[0]).toContain('prot is not a key of a service');
  expect(messages[1]).toContain('nothing here is called ${postgrse.url}');
});

test('fifty services are checked with little work', () => {
  const services = Array.from({ length: 50 }, (_, index) => {
    const next = (index + 1) % 50;
    return `    service${index}: {
      source: 'services/${index}',
      port: ${3000 + index},
      health: { ready: '/ready', live: '/live' },
      resources: { cpu: '100m..200m', memory: '128Mi..256Mi' },
      env: {
        DATABASE_URL: '\${postgres.url}', NATS_URL: '\${nats.url}', NEXT_URL: '\${service${next}.url}/v1',
        NAME: '\${service.name}', KEY: '\${secrets.key}', LEVEL: 'info', PORT_COUNT: 3,
      },
    },`;
  });
  const path = written(
    'fifty.ts',
    `import { defineSystem } from '../../../src/model/define-system.ts';
export default defineSystem({
  system: 'fifty',
  services: {
${services.join('\n')}
  },
  backing: { postgres: { type: 'postgres' }, nats: { type: 'nats' } },
  secrets: { key: { generate: 48 } },
});
`,
  );
  const empty = written(
    'none.ts',
    `import { defineSystem } from '../../../src/model/define-system.ts';
export default defineSystem({ system: 'none' });
`,
  );
  const before = compile([empty]);
  const started = performance.now();
  const { program, messages } = compile([path]);
  const elapsed = performance.now() - started;
  expect(messages).toEqual([]);
  // Work, not time, is what is bounded: it is the same on every machine.
  const work = program.getInstantiationCount() - before.program.getInstantiationCount();
  console.log(`50 services: ${work} instantiations, ${Math.round(elapsed)} ms with the libraries`);
  expect(work).toBeLessThan(100_000);
});
