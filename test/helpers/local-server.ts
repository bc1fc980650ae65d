import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { serve, type LocalServer, type ServeOptions } from '../../src/publish/serve/serve.ts';
import { packsRegistry } from './packs-registry.ts';
import { writePublished, type PublishedFiles } from './published-registry.ts';
import { scratch } from './scratch.ts';

/** Path of an archive of `registryFolder`. */
export const ARCHIVE = '/packs/nginx/1.0.0/nginx-1.0.0.tar.gz';

/** A folder with a small registry, in a folder of its own. */
export async function registryFolder(
  files: PublishedFiles = packsRegistry({ nginx: ['1.0.0', '1.1.0'] }),
): Promise<string> {
  const folder = join(await scratch(), 'public');
  writePublished(files, folder);
  return folder;
}

/** Serves until the test ends, at any port. */
export async function localServer(options: ServeOptions): Promise<LocalServer> {
  const server = await serve({ port: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}
