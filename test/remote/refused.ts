import { openRegistrySource, type RegistrySourceOptions } from '../../src/remote/open-registry-source.ts';
import type { TestServer } from '../helpers/http-server.ts';
import { failureOf, type Failure } from '../helpers/rejection.ts';

/** Fast enough for tests; as many tries as ever. */
export const HASTY: RegistrySourceOptions = {
  patience: 300,
  retries: { tries: 4, delay: 1, longestDelay: 50 },
};

/** Why the registry of a server cannot be opened, with `<url>` for its address. */
export async function refused({ url }: TestServer, options: RegistrySourceOptions = {}): Promise<Failure> {
  const failure = await failureOf(openRegistrySource(url, { ...HASTY, ...options }));
  return JSON.parse(JSON.stringify(failure).replaceAll(url, '<url>')) as Failure;
}
