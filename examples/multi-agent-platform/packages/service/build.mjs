#!/usr/bin/env node
// Bundles a service: every entry point named on the command line (default src/main.ts) becomes one
// file in dist/. Dependencies are bundled too: a single file is read at start-up, where a thousand
// small ones would otherwise be, and the container needs no node_modules.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const entryPoints = process.argv.slice(2);
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: entryPoints.length > 0 ? entryPoints : ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // What is imported when it is needed stays a file of its own, and is not read before.
  splitting: true,
  sourcemap: true,
  sourcesContent: false,
  minifySyntax: true,
  loader: { '.sql': 'text' },
  // pg asks for its native driver only when told to; it is not part of the bundle.
  external: ['pg-native'],
  // Several dependencies are CommonJS and call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
