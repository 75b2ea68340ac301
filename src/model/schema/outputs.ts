import { z } from 'zod';
import { read } from './read.ts';
import { text } from './scalars.ts';

const folder = (example: string) => text.meta({ description: 'Folder to write to.', examples: [example] }).optional();
const file = (example: string) => text.meta({ description: 'File to write.', examples: [example] }).optional();
const readme = z
  .union([z.boolean(), text, z.array(text)])
  .meta({
    description: 'A page that explains the files: `true`, its path, or several paths.',
    examples: [true, ['k8s/README.md']],
  })
  .optional();
const layout = z
  .union([text, z.record(z.string(), text)])
  .meta({
    description:
      'Path of each file, with `{name}`, `{kind}`, `{kinds}` and `{environment}` in it; one for all, or by part.',
    examples: ['{kind}.yaml', { workload: 'services/{name}-service.yaml', shared: '{kinds}.yaml' }],
  })
  .optional();
const names = (description: string) =>
  z
    .union([z.boolean(), z.array(text)])
    .meta({ description, examples: [true, ['gateway']] })
    .optional();

/** Options of each target; `true` or nothing at all is the target with what is usual. */
const targets = {
  dockerfile: target('A Dockerfile and a .dockerignore for each service.', {}),
  compose: target('A Compose file.', {
    file: file('compose.yaml'),
    reload: z.boolean().meta({ description: 'Sources are mounted, so that edits are served at once.' }).optional(),
  }),
  kubernetes: target('Plain Kubernetes manifests.', {
    dir: folder('k8s'),
    layout,
    readme,
    version: text.meta({ description: 'Kubernetes version that they are for.', examples: ['1.34'] }).optional(),
  }),
  kustomize: target('A Kustomize base and an overlay for each environment.', { dir: folder('deploy'), layout }),
  helm: target('A Helm chart.', {
    chart: folder('charts/system'),
    per: z
      .enum(['system', 'service'])
      .meta({ description: 'One chart for the system, or one base chart with values for each service.' })
      .optional(),
    values: text
      .meta({
        description: 'Path of the values files, with `{name}`, `{source}`, `{environment}` in it.',
        examples: ['{source}/values.yaml'],
      })
      .optional(),
  }),
  skaffold: target('A Skaffold configuration.', {
    file: file('skaffold.yaml'),
    modules: z
      .union([z.boolean(), z.literal('per-service')])
      .meta({ description: '`per-service`: a module for each service.' })
      .optional(),
    profiles: z
      .array(text)
      .meta({ description: 'Profiles to write.', examples: [['dev', 'prod', 'local', 'debug']] })
      .optional(),
    forward: names('Ports that are forwarded to this machine: all, or those of these names.'),
    sync: z.boolean().meta({ description: 'Changed files are copied into running containers.' }).optional(),
  }),
  makefile: target('A Makefile with the usual verbs.', { file: file('Makefile') }),
  scripts: target('Shell scripts.', {
    build: file('scripts/build_image.sh'),
    deploy: file('scripts/deploy_k8s.sh'),
  }),
  terraform: target('A Terraform root module.', {
    dir: folder('infrastructure'),
    module: text
      .meta({ description: 'Where the module comes from.', examples: ['./modules/container-orchestration'] })
      .optional(),
  }),
  istio: target('Istio routing, canaries and mutual TLS.', { dir: folder('istio'), layout }),
  monitoring: target('Prometheus rules, ServiceMonitors and Grafana dashboards.', {
    dir: folder('monitoring'),
    namespace: text.meta({ description: 'Namespace of the monitoring.', examples: ['monitoring'] }).optional(),
  }),
  gitops: target('Argo CD or Flux.', {
    dir: folder('gitops'),
    engine: z.enum(['argocd', 'flux']).meta({ description: 'Which of the two.' }).optional(),
    repository: text
      .meta({ description: 'Address of the Git repository.', examples: ['https://github.com/acme/shop'] })
      .optional(),
  }),
  ci: target('A workflow that checks, builds and deploys.', {
    provider: z.enum(['github']).meta({ description: 'Where it runs.' }).optional(),
    file: file('.github/workflows/deploy.yaml'),
  }),
  readme: target('Pages that explain the files.', { file: file('DEPLOYMENT.md') }),
};

function target<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return read(z.union([z.strictObject(shape), z.literal(true), z.null()]), (value) =>
    value === true || value === null ? ({} as z.output<z.ZodObject<Shape, z.core.$strict>>) : value,
  )
    .meta({ description })
    .optional();
}

/** Which files are kept in the repository, and where. */
export const outputs = z.strictObject(targets).meta({
  description: 'Which files are kept in the repository, and where.',
  examples: [{ dockerfile: {}, kubernetes: { dir: 'k8s' } }],
});

/** Which files are kept, by target. */
export type Outputs = z.output<typeof outputs>;
