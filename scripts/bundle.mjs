/**
 * What is published: the command line with everything it uses but esbuild (which carries a binary of the platform), split
 * so that each command loads only its own part, and the module that a gantry.config.ts imports, with its types.
 */
const shared = {
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  clean: false,
  sourcemap: false,
  fixedExtension: false,
  report: false,
  logLevel: 'warn',
  inputOptions: { checks: { pluginTimings: false } },
  // A module that is not there would be left to the user's machine: the build must fail instead.
  failOnWarn: true,
};

export const bundles = [
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    dts: false,
    minify: false,
    outputOptions: { chunkFileNames: 'parts/[name]-[hash].js' },
  },
  // Serves folders of pages, as a process of its own.
  { ...shared, entry: { 'static-server': 'src/languages/static/server.ts' }, dts: false, minify: true },
  { ...shared, entry: { index: 'src/index.ts' }, dts: true },
];
