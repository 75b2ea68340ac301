/**
 * Writes a model of any size for measuring: services in layers, each calling a few of the layer before, with the keys that
 * real models use. The same count gives the same text.
 * @param {number} count number of services
 * @returns {string} YAML
 */
export function largeModel(count) {
  const lines = [
    'system: large',
    'registry: registry.example/large',
    '',
    'defaults:',
    '  health: {ready: /health/ready, live: /health/live}',
    '  metrics: /metrics',
    '  env: {NATS_URL: "${nats.url}", LOG_LEVEL: info}',
    '',
    'services:',
  ];
  for (let index = 0; index < count; index += 1) {
    lines.push(
      `  service-${index}:`,
      `    source: services/service-${index}`,
      `    port: ${3000 + (index % 5000)}`,
      '    env:',
      `      DATABASE_URL: \${postgres-${index % 10}.url}`,
      '      JWT_SECRET: ${secrets.jwt}',
    );
    // Calls go to lower numbers only, so that there is an order of start.
    for (const step of [1, 7, 31]) {
      if (index >= step) lines.push(`      SERVICE_${index - step}_URL: \${service-${index - step}.url}`);
    }
    lines.push('    resources: {cpu: 200m..500m, memory: 256Mi..512Mi}', '    scale: {min: 2, max: 10, cpu: 70}');
    if (index % 20 === 0)
      lines.push('    owns: {store: {type: redis, storage: 1Gi}}', '    external: [api.example.com:443]');
  }
  lines.push('', 'backing:', '  nats: {type: nats}');
  for (let index = 0; index < 10; index += 1)
    lines.push(`  postgres-${index}: {type: postgres, version: 16, storage: 10Gi}`);
  lines.push('', 'secrets:', '  jwt: {generate: 48}', '', 'routes:');
  for (let index = 0; index < count; index += 10)
    lines.push(`  - {host: s${index}.large.local, service: service-${index}}`);
  lines.push('', 'environments:', '  local: {}', '  production: {namespace: large, context: prod}');
  return `${lines.join('\n')}\n`;
}
