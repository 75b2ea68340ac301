import { command } from '../command.ts';
import { check } from './check.ts';
import { complete } from './complete.ts';
import { completion } from './completion.ts';
import { down } from './down.ts';
import { env } from './env.ts';
import { exec } from './exec.ts';
import { graph } from './graph.ts';
import { init } from './init.ts';
import { logs } from './logs.ts';
import { open } from './open.ts';
import { plan } from './plan.ts';
import { planAside } from './plan-aside.ts';
import { reference } from './reference.ts';
import { restart } from './restart.ts';
import { schema } from './schema.ts';
import { secret } from './secret.ts';
import { status } from './status.ts';
import { supervise } from './supervise.ts';
import { up } from './up.ts';
import { version } from './version.ts';

/** The program itself: its commands in the order of its help. */
export const gantry = command({
  name: 'gantry',
  summary: 'describe a system once: run it here, write its files, carry it to Kubernetes',
  description: 'The model is gantry.yaml or gantry.config.ts, here or in a folder above. `g` is the same program.',
  examples: [
    { command: 'gantry init', explanation: 'write a first model for this folder' },
    { command: 'gantry up', explanation: 'run the system' },
  ],
  commands: [
    up,
    down,
    restart,
    secret,
    status,
    logs,
    exec,
    env,
    open,
    check,
    plan,
    graph,
    init,
    schema,
    completion,
    version,
    supervise,
    planAside,
    complete,
    reference,
  ],
});
