import type { MirrorEvent, MirrorOptions, MirrorResult } from './mirror/mirror-options.ts';
import { startOperation, type Operation } from './operation.ts';
import type { Registry } from './registry.ts';
import type {
  ArchiveVerification,
  PackVerification,
  RegistryVerification,
  VerifyArchiveOptions,
  VerifyPackOptions,
  VerifyRegistryOptions,
} from './verify.ts';

// What only Node can do is loaded when it is asked for, so that a browser can load the rest.

/** As `mirror` in `mirror/mirror.ts`: a copy of a registry, or of a part of it, in a folder. */
export function mirror(
  source: string,
  destination: string,
  options: MirrorOptions = {},
): Operation<MirrorEvent, MirrorResult> {
  return startOperation<MirrorEvent, MirrorResult>(
    async (emit, signal) => {
      const loaded = await import('./mirror/mirror.ts');
      const operation = loaded.mirror(source, destination, { ...options, signal });
      for await (const event of operation) emit(event);
      return operation;
    },
    options.signal === undefined ? {} : { signal: options.signal },
  );
}

/** As `verifyRegistry` in `verify/verify-registry.ts`: everything that is wrong with a registry. */
export async function verifyRegistry(
  location: string,
  options: VerifyRegistryOptions = {},
): Promise<RegistryVerification> {
  const loaded = await import('./verify.ts');
  return loaded.verifyRegistry(location, options);
}

/** As `verifyPack` in `verify/verify-pack.ts`: an unpacked pack, beside its release. */
export async function verifyPack(
  directory: string,
  registry: Registry,
  options: VerifyPackOptions = {},
): Promise<PackVerification> {
  const loaded = await import('./verify.ts');
  return loaded.verifyPack(directory, registry, options);
}

/** As `verifyArchive` in `verify/verify-archive.ts`: an archive in a file. */
export async function verifyArchive(file: string, options: VerifyArchiveOptions = {}): Promise<ArchiveVerification> {
  const loaded = await import('./verify.ts');
  return loaded.verifyArchive(file, options);
}
