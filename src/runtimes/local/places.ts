import { join } from 'node:path';
import { exists, makeFolder, sha256, writeAtomically } from '../../host/files.ts';
import { socketPath } from '../../host/local-socket.ts';
import { stateFolder } from '../../host/places.ts';

/** Where the local runtime keeps what belongs to one environment of one system. Absolute paths. */
export interface Places {
  /** `.gantry`, mode 0700. */
  state: string;
  /** Who supervises; see record.ts. */
  record: string;
  lock: string;
  secrets: string;
  ports: string;
  /** One `<name>.log` for each workload and backing service. */
  logs: string;
  /** What the supervisor in the background itself says. */
  supervisorLog: string;
  /** Records of prepare steps: shared by the environments, as the built files are. */
  prepared: string;
  /** One folder for each backing service. */
  data: string;
  files: string;
  volumes: string;
  /** The plan that the last `up` made. */
  plan: string;
}

/** Names the places; makes nothing. */
export function placesOf(root: string, environment: string): Places {
  const state = stateFolder(root);
  return {
    state,
    record: join(state, 'run', `${environment}.json`),
    lock: join(state, 'run', `${environment}.lock`),
    secrets: join(state, 'secrets', `${environment}.json`),
    ports: join(state, 'ports', `${environment}.json`),
    logs: join(state, 'logs', environment),
    supervisorLog: join(state, 'run', `${environment}.log`),
    prepared: join(state, 'prepared'),
    data: join(state, 'data', environment),
    files: join(state, 'files', environment),
    volumes: join(state, 'volumes', environment),
    plan: join(state, 'plans', `${environment}.json`),
  };
}

/** Makes the folder of the state, closed to others and invisible to git. */
export async function makeState(places: Places): Promise<void> {
  await makeFolder(places.state, 0o700);
  const ignore = join(places.state, '.gitignore');
  if (!(await exists(ignore))) await writeAtomically(ignore, '*\n');
}

/** Path of the control socket: by a hash, for the path of a project may be longer than a socket's may be. */
export const controlSocket = (root: string, environment: string): Promise<string> =>
  socketPath(sha256(`${root}\n${environment}`).slice(0, 20));
