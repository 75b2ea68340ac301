import { noAddress, noBrowser } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { openInBrowser } from '../host/browser.ts';
import type { SystemStatus } from '../runtimes/local/status.ts';
import { connect } from './connect.ts';
import type { ModelPlace } from './locate.ts';
import { checkNames } from './names.ts';

/** What can be opened, by name: routes first, then services with an address. */
function addressesOf(status: SystemStatus): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const { name, address } of status.routes) addresses.set(name, address);
  for (const { name, kind, addresses: own } of status.processes) {
    const first = Object.values(own).find((address) => address.startsWith('http'));
    if (kind === 'workload' && first && !addresses.has(name)) addresses.set(name, first);
  }
  return addresses;
}

/**
 * The address of a route or service; of the first route when no name is given.
 * @throws Failure for an unknown name, or when there is no address
 */
function addressOf(status: SystemStatus, name?: string): string {
  const addresses = addressesOf(status);
  const processes = status.processes.map((process) => process.name);
  if (name !== undefined) checkNames([name], [...new Set([...addresses.keys(), ...processes])]);
  const address = name === undefined ? addresses.values().next().value : addresses.get(name);
  if (address === undefined) throw new Failure([noAddress(name, [...addresses.keys()])]);
  return address;
}

/** Shows a route or service in the browser; the first route when no name is given. @returns its address */
export async function openInBrowserOf(status: SystemStatus, name?: string): Promise<string> {
  const address = addressOf(status, name);
  if (!(await openInBrowser(address))) throw new Failure([noBrowser(address)]);
  return address;
}

/** As `openInBrowserOf`, for the system of a place. @param show false only looks the address up */
export async function openAddress(place: ModelPlace, name: string | undefined, show: boolean): Promise<string> {
  const { client } = await connect(place);
  const status = await client.status();
  return show ? openInBrowserOf(status, name) : addressOf(status, name);
}
