import { defineConfig } from 'vitest/config';
import { unavailable } from './scripts/tiers.mjs';

/** Processes, servers and probes are real, so a test may wait long on a busy machine; none waits for a clock. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: unavailable.map(({ file }) => file),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
  },
  resolve: { alias: { gantry: new URL('./src/index.ts', import.meta.url).pathname } },
});
