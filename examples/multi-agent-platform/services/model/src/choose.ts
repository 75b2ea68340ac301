import type { ModelIdentity } from '@platform/service/contracts.ts';
import type { Provider } from './provider.ts';

/** The providers at hand; the local one always is. */
export interface Providers {
  openai?: Provider;
  anthropic?: Provider;
  local: Provider;
}

/** Which of the hosted models is asked for; the first that has a key unless told. */
export type Preference = 'openai' | 'anthropic' | undefined;

/**
 * Does some work with the provider asked for. Where a hosted one fails, the local model does it
 * instead, and the identity says so: nobody takes its words for another's.
 */
export async function withProvider<Result>(
  providers: Providers,
  preference: Preference,
  work: (provider: Provider) => Promise<Result>,
): Promise<{ result: Result; identity: ModelIdentity }> {
  const hosted = (preference && providers[preference]) ?? providers.openai ?? providers.anthropic;
  if (!hosted) return { result: await work(providers.local), identity: providers.local.identity };
  try {
    return { result: await work(hosted), identity: hosted.identity };
  } catch (error) {
    const status = (error as { status?: number }).status;
    const note = `${hosted.identity.provider} did not answer (${status ?? (error instanceof Error ? error.name : 'unknown')}); the local model did`;
    return { result: await work(providers.local), identity: { ...providers.local.identity, note } };
  }
}
