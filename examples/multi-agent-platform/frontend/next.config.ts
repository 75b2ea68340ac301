import { join } from 'node:path';
import type { NextConfig } from 'next';

// The workspace, not the folder above it: Next would otherwise take the outermost lockfile for the root.
const workspace = join(import.meta.dirname, '..');

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: workspace,
  turbopack: { root: workspace },
  poweredByHeader: false,
  devIndicators: false,
  // Probes ask every few seconds; in the log they would bury what a person asked for.
  logging: { incomingRequests: { ignore: [/^\/api\/health/] } },
  // In development the page may be opened under any of these names.
  allowedDevOrigins: ['127.0.0.1', 'localhost', '*.local'],
  // `npm run typecheck` at the workspace's root checks the types; doing it twice makes each build slower.
  typescript: { ignoreBuildErrors: true },
};

export default config;
