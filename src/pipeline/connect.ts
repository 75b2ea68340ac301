import { runtimeNotRunning } from '../diagnostics/catalogue/runtime.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { connectSupervisor, type SupervisorClient } from '../runtimes/local/client.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';

/** A system that runs on this machine. */
export interface RunningSystem {
  client: SupervisorClient;
  /** Absolute folder of the model. */
  root: string;
  environment: string;
}

/** The supervisor of the system that the place means, or undefined when it does not run. */
export async function findRunning(place: ModelPlace): Promise<RunningSystem | undefined> {
  const root = await locateModel(place);
  const environment = environmentOf(place);
  const client = await connectSupervisor(root, environment);
  return client && { client, root, environment };
}

/** As `findRunning`. @throws Failure when the system does not run */
export async function connect(place: ModelPlace): Promise<RunningSystem> {
  const running = await findRunning(place);
  if (!running)
    throw new Failure([runtimeNotRunning(`the system in ${await locateModel(place)}`, environmentOf(place))]);
  return running;
}
