import { makeFolder } from '../../host/files.ts';
import type { BackingService } from '../../plan/plan.ts';
import { engineWay } from '../acquire/engine.ts';
import { type InstalledOptions, installedWay } from '../acquire/installed.ts';
import { firstOf } from '../acquire/way.ts';
import type { AcquiredProgram, LaunchContext, LocalServer } from '../backing.ts';
import { containerCommand } from '../launch/container.ts';
import { makePassword } from '../launch/password.ts';

/** A type whose server no package of the registries carries: its image does, and maybe a program on PATH. */
export interface ContainerRecipe {
  title: string;
  image(version: string): string;
  /** Port in the container by the definition's name of it. */
  ports: Record<string, number>;
  /** Folder in the container that keeps the data; nothing is kept without it. */
  data?: string;
  hostname?: string;
  environment?(values: Values): Record<string, string>;
  command?(values: Values): string[];
  /** Runs the program of the same server from PATH, where it can do without the image's preparations. */
  installed?: { options: InstalledOptions; argv(program: string, values: Values): string[] };
  /** Before each start, for what the image does not make by itself. */
  prepare?(values: Values): Promise<void>;
  ready(values: Values): Promise<boolean>;
  attributes(values: Values): Record<string, string>;
}

/** What a recipe is written in. */
export interface Values {
  service: BackingService;
  dataFolder: string;
  host: string;
  port: number;
  /** Port on this machine by the definition's name of it. */
  ports: Record<string, number>;
  user: string;
  password: string;
  database: string;
}

/** The local server of a recipe: a program on PATH where the recipe has one, and then the container engine. */
export const containerServer = (recipe: ContainerRecipe): LocalServer => ({
  kind: 'server',
  acquire: (service, context) =>
    firstOf(service, `${recipe.title} ${service.version}`, recipe.installed?.options.program ?? recipe.title, [
      ...(recipe.installed ? [installedWay(recipe.installed.options)] : []),
      engineWay(recipe.image(service.version), context),
    ]),
  async launch(service, program, context) {
    const values = await valuesOf(service, recipe, context);
    await makeFolder(context.dataFolder, 0o700);
    await recipe.prepare?.(values);
    return {
      ...(await commandOf(recipe, program, values, context)),
      stopSignal: 'SIGTERM',
      stopTimeout: 30,
      ready: () => recipe.ready(values),
      attributes: { host: values.host, port: String(values.port), ...recipe.attributes(values) },
    };
  },
});

async function valuesOf(service: BackingService, recipe: ContainerRecipe, context: LaunchContext): Promise<Values> {
  const [main = ''] = Object.keys(recipe.ports);
  return {
    service,
    dataFolder: context.dataFolder,
    host: context.host,
    port: context.ports[main] ?? recipe.ports[main] ?? 0,
    ports: context.ports,
    user: String(service.settings['user'] ?? 'app'),
    password: await context.credential('password', makePassword),
    database: String(service.settings['database'] ?? 'app'),
  };
}

async function commandOf(recipe: ContainerRecipe, program: AcquiredProgram, values: Values, context: LaunchContext) {
  const installed = recipe.installed && program.programs[recipe.installed.options.program];
  if (recipe.installed && installed) {
    return { argv: recipe.installed.argv(installed, values), cwd: context.dataFolder, environment: {} };
  }
  return containerCommand(program, context, {
    ports: recipe.ports,
    ...(recipe.data ? { data: recipe.data } : {}),
    ...(recipe.hostname ? { hostname: recipe.hostname } : {}),
    environment: recipe.environment?.(values) ?? {},
    command: recipe.command?.(values) ?? [],
  });
}

/** `scheme://user:password@host:port/path` with everything in it quoted. */
export const accountUrl = (scheme: string, { user, password, host, port }: Values, path = ''): string =>
  `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}${path}`;
