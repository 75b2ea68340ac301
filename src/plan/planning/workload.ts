import { noReferenceInCommand } from '../../diagnostics/catalogue/reference.ts';
import type { Service } from '../../model/schema/service.ts';
import { compact, copyOf } from '../freeze.ts';
import { childOf, type Place, partPosition, placeAt } from '../place.ts';
import type { MountedFile, Source, Value, Workload } from '../plan.ts';
import { mayHoldReferences, parseReferences } from '../references/parse.ts';
import { fixedWords } from '../references/scope.ts';
import { everythingHandled, type PlanContext, plainText, resolveValue } from './context.ts';
import { planImage } from './image.ts';
import { planProbes, planServicePorts, portNameOf } from './ports.ts';

/** One service as the plan has it, but for `waits`, which need the connections of all. */
export function planWorkload(
  context: PlanContext,
  name: string,
  service: Service,
  place: Place | undefined,
  registry: string | undefined,
): Workload {
  const {
    kind,
    schedule,
    source,
    image: _image,
    command,
    before,
    ports,
    health,
    env,
    resources,
    scale,
    ...more
  } = service;
  const { metrics, external, volumes, files, expose, aliases, permissions, placement, rollout, dev, ...others } = more;
  const { namespace: _filledBefore, owns: _plannedAsBacking, waits: _plannedWithConnections, ...rest } = others;
  everythingHandled(rest);
  checkCommands(context, place);
  const planned: Workload = compact({
    name,
    kind,
    schedule,
    namespace: context.names.services.get(name)?.namespace ?? '',
    aliases: [...aliases],
    source: source && planSource(context, source, childOf(place, 'source')),
    image: planImage(context.system.system, name, service, registry),
    command: command && [...command],
    before: before.map((each) => [...each]),
    ports: copyOf(ports),
    servicePorts: planServicePorts(context, name, ports, expose, childOf(place, 'expose')),
    external: expose?.external ?? false,
    probes: planProbes(context, name, ports, health, childOf(place, 'health')),
    environment: planEnvironment(context, name, env, childOf(place, 'env')),
    files: planFiles(context, name, files, childOf(place, 'files')),
    volumes: copyOf(volumes),
    resources: copyOf(resources),
    scale: scale ? copyOf(scale) : { min: 1, max: 1 },
    waits: {},
    metrics: metrics && planMetrics(context, name, service, place),
    egress: external.map((each) => ({ ...each })),
    permissions: [...permissions],
    placement: placement && compact({ ...placement }),
    rollout: rollout && copyOf(rollout),
    dev: copyOf(dev),
  });
  markOrigins(context, planned, place);
  return planned;
}

function planEnvironment(
  context: PlanContext,
  service: string,
  env: Readonly<Record<string, string>>,
  where: Place | undefined,
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, text] of Object.entries(env)) {
    values[name] = resolveValue(context, text, childOf(where, name), {
      service,
      allow: 'all',
      place: `the variable ${name}`,
    });
  }
  return values;
}

function planFiles(
  context: PlanContext,
  service: string,
  files: Service['files'],
  where: Place | undefined,
): Record<string, MountedFile> {
  const mounted: Record<string, MountedFile> = {};
  for (const [name, { path, content, source }] of Object.entries(files)) {
    const site = { service, allow: 'all' as const, place: `the file ${name}` };
    const value =
      content === undefined ? undefined : resolveValue(context, content, placeAt(where, name, 'content'), site);
    mounted[name] = compact({ path, content: value, source });
  }
  return mounted;
}

function planSource(context: PlanContext, source: NonNullable<Service['source']>, where: Place | undefined): Source {
  const { args, include, ...paths } = source;
  const filled: Record<string, string> = {};
  for (const [name, text] of Object.entries(args ?? {})) {
    filled[name] = plainText(context, text, placeAt(where, 'args', name), 'a build argument');
  }
  return compact({ ...paths, include: include && [...include], args: args && filled });
}

function planMetrics(
  context: PlanContext,
  name: string,
  { metrics, ports }: Service,
  place: Place | undefined,
): Workload['metrics'] {
  if (!metrics) return undefined;
  const where = childOf(place, 'metrics');
  const port = portNameOf(context, name, ports, metrics.port, 'its metrics', childOf(where, 'port') ?? where);
  return port === undefined ? undefined : { path: metrics.path, port };
}

/** A shell's own `${NAME}` is no business of ours; what only Gantry would write is a mistake worth a word. */
function checkCommands(context: PlanContext, place: Place | undefined): void {
  for (const keys of [['command'], ['before'], ['dev', 'command']]) {
    for (const word of wordsUnder(placeAt(place, ...keys))) {
      const text = String(word.value.kind === 'scalar' ? word.value.value : '');
      if (!mayHoldReferences(text)) continue;
      for (const piece of parseReferences(text)) {
        if (piece.type !== 'reference' || piece.segments.length < 2 || !isKnown(context, piece.segments[0] ?? ''))
          continue;
        const { offset, length } = piece;
        const source = text.slice(offset, offset + length);
        context.report(noReferenceInCommand(source, partPosition(word, offset, length)));
      }
    }
  }
}

/** The words of a command, or of a list of commands. */
function wordsUnder(place: Place | undefined): Place[] {
  if (place?.value.kind !== 'list') return place ? [place] : [];
  return place.value.items.flatMap((value) => wordsUnder({ value }));
}

const isKnown = ({ names }: PlanContext, word: string): boolean =>
  Object.hasOwn(fixedWords, word) || names.services.has(word) || names.backing.has(word) || names.owners.has(word);

function markOrigins({ origins }: PlanContext, planned: Workload, place: Place | undefined): void {
  const expose = childOf(place, 'expose');
  const port = childOf(place, 'port');
  const env = childOf(place, 'env');
  const health = childOf(place, 'health');
  const image = childOf(place, 'image') ?? childOf(place, 'source');
  origins.mark(planned, place, {
    environment: env,
    probes: health,
    external: expose,
    egress: childOf(place, 'external'),
    servicePorts: expose ?? childOf(place, 'ports') ?? port,
    ports: childOf(place, 'ports') ?? port,
    image,
  });
  // `port: 3000` is short for `ports: {http: 3000}`, and may stand beside other ports.
  if (port && planned.ports['http']) origins.mark(planned.ports['http'], port);
  const main = Object.keys(planned.servicePorts)[0];
  if (childOf(expose, 'port') && main) origins.mark(planned.servicePorts, expose, { [main]: childOf(expose, 'port') });
}
