import { PackyardError } from '../errors.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import type { BuildOptions } from './build-options.ts';
import type { Cache } from './cache.ts';
import type { Timings } from './timings.ts';
import type { DocumentCache } from '../remote/open-registry-source.ts';
import { publishedRegistry, type PublishedRegistry } from './published-registry.ts';

/** Opens what is published, where a build is told of it. Rejects as `openRegistrySource` does, or with `usage`. */
export async function openPublished(
  { previous, changesOnly, base }: BuildOptions,
  config: RegistryConfig,
  cache: Cache,
  timings: Timings,
): Promise<PublishedRegistry | undefined> {
  if (changesOnly === true && previous === undefined) {
    throw usage('--changes-only needs --previous.', 'Say where the registry is published: --previous https://…');
  }
  if (base !== undefined && previous !== undefined) {
    throw usage('--base and --previous do not go together.', 'What is published is known: leave out --base.');
  }
  if (previous === undefined) return undefined;
  return timings.measure('previous', () => open(previous, config, cache));
}

async function open(location: string, config: RegistryConfig, cache: Cache): Promise<PublishedRegistry> {
  const { openRegistrySource } = await import('../remote/open-registry-source.ts');
  const source = await openRegistrySource(location, { cache: documentsIn(cache) }).catch((error: unknown) => {
    throw withFirstTime(error);
  });
  try {
    return await publishedRegistry(source, cache, config);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Where nothing is published yet, there is nothing to take over. */
function withFirstTime(error: unknown): unknown {
  if (!(error instanceof PackyardError) || error.code !== 'registry-not-found') return error;
  const { code, message, hint = '', cause } = error;
  return new PackyardError({ code, message, hint: `${hint} For the first build, leave out --previous.`.trim(), cause });
}

/** Documents that never change are fetched once. */
function documentsIn(cache: Cache): DocumentCache {
  return {
    async read(hash) {
      const text = await cache.record('documents', hash);
      return typeof text === 'string' ? Buffer.from(text) : undefined;
    },
    write: (hash, bytes) => cache.putRecord('documents', hash, Buffer.from(bytes).toString('utf8')),
  };
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
