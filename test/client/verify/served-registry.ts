import type { RequestListener } from 'node:http';

import type { VerifyRegistryOptions } from '../../../src/client/verify/verify-registry.ts';
import { httpServer, type TestServer } from '../../helpers/http-server.ts';
import { servesFiles } from '../../helpers/published-registry.ts';
import type { RegistryTree } from './built-registry.ts';

/** Fast enough for tests. */
export const HASTY: VerifyRegistryOptions = {
  cache: false,
  patience: 300,
  retries: { tries: 2, delay: 1, longestDelay: 10 },
};

/** Serves files, but answers for some paths otherwise. */
export function serving(
  files: RegistryTree,
  others: Readonly<Record<string, RequestListener>> = {},
): Promise<TestServer> {
  const plain = servesFiles(files);
  return httpServer((request, response) => (others[(request.url ?? '').slice(1)] ?? plain)(request, response));
}
