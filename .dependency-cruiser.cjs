/** The directions of the design's picture, each with its reason. `npm run check` holds them. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: allowed.map((folder) => `^src/${folder}/`).concat(`^src/${from}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one idea, or that a type is in the wrong place.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only(
      'diagnostics-stand-alone',
      'Everything reports through diagnostics, so diagnostics may know nothing.',
      'diagnostics',
      [],
    ),
    only(
      'host-knows-no-domain',
      'The host is the machine: files, processes, ports. It must not know what a plan is.',
      'host',
      ['diagnostics'],
    ),
    only('model-is-first', 'The model is what the user wrote; later stages must not leak into it.', 'model', [
      'diagnostics',
      'host',
      'backing',
    ]),
    only('plan-reads-model', 'The plan is made from the model alone and stays a pure function of it.', 'plan', [
      'diagnostics',
      'model',
      'backing',
    ]),
    only(
      'languages-are-plug-ins',
      'A language answers questions about a folder; it does not know who asks.',
      'languages',
      ['diagnostics', 'host', 'plan'],
    ),
    only(
      'backing-are-plug-ins',
      'A backing type describes and starts one kind of server; it does not know who asks.',
      'backing',
      ['diagnostics', 'host', 'plan'],
    ),
    only(
      'runtimes-read-plans',
      'A runtime carries a Plan; one that read the Model would see what the planner never resolved.',
      'runtimes',
      ['diagnostics', 'host', 'plan', 'languages', 'backing'],
    ),
    only('pipeline-below-cli', 'A use case must run without a terminal.', 'pipeline', [
      'diagnostics',
      'host',
      'model',
      'plan',
      'languages',
      'backing',
      'runtimes',
    ]),
    {
      name: 'host-is-the-only-door',
      comment: 'Only host/ touches the machine, so that every effect can be found in one folder.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/host/' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|net|http|https|http2|dgram|dns|os|worker_threads|cluster)$' },
    },
    {
      name: 'published-surface',
      comment: 'src/index.ts is what users import; nothing inside may lean on it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/index\\.ts$' },
      to: { path: '^src/index\\.ts$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
