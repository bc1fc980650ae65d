import { httpFiles, type HttpOptions } from './http-files.ts';
import type { RegistryFiles } from './registry-files.ts';
import { registryLocation } from './registry-location.ts';

export interface OpenedFiles {
  readonly files: RegistryFiles;
  /** Whether it costs something to ask: false for a directory. */
  readonly remote: boolean;
}

/**
 * The files of the registry in a directory, or at a `file:` or HTTP(S) URL. Nothing is asked of a host yet. Rejects with
 * `usage` when the location is neither, and with `registry-not-found` where there is no such directory.
 */
export async function openRegistryFiles(location: string, options: HttpOptions): Promise<OpenedFiles> {
  const place = registryLocation(location);
  if (place.kind === 'http') return { files: httpFiles(place.base, withLogin(options, place)), remote: true };
  // Loaded where there are directories: not in a browser.
  const { directoryFiles } = await import('./directory-files.ts');
  return { files: directoryFiles(place.path, options.signal), remote: false };
}

function withLogin(options: HttpOptions, { authorization }: { readonly authorization?: string }): HttpOptions {
  return authorization === undefined ? options : { ...options, headers: { authorization, ...options.headers } };
}
