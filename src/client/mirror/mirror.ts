import { PackyardError } from '../../errors.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { startOperation, type Operation } from '../operation.ts';
import { mirrorAttempts } from './mirror-attempts.ts';
import { destinationError, lockDestination, openDestination } from './mirror-destination.ts';
import type { MirrorEvent, MirrorOptions, MirrorResult } from './mirror-options.ts';
import type { MirrorContext } from './mirror-run.ts';
import { profilePacks } from './profile-packs.ts';

/**
 * Makes a mirror of the registry in a directory, or at a `file:` or HTTP(S) URL, in a folder: byte for byte the same, or,
 * where packs or a number of releases are named, a registry of these with an index of its own. What the folder has
 * already is not fetched again; what a run that was stopped left is gone on with. Whoever reads the folder meanwhile sees
 * the registry that was there before, or the new one.
 *
 * Rejects with `usage`, `output-foreign`, `output-busy`, `output-unwritable`, `no-space`, `unknown-pack`, `no-version`,
 * `project-invalid`, `lock-invalid`; as `openRegistry` does where the source cannot be read; and with
 * `registry-damaged` where it has other bytes than its index says, of which none is taken.
 */
export function mirror(
  source: string,
  destination: string,
  options: MirrorOptions = {},
): Operation<MirrorEvent, MirrorResult> {
  const { signal, onEvent } = options;
  return startOperation((emit, stop) => work(source, destination, { ...options, signal: stop }, emit), {
    ...(signal !== undefined && { signal }),
    ...(onEvent !== undefined && { onEvent }),
  });
}

async function work(
  location: string,
  destination: string,
  options: MirrorOptions,
  emit: (event: MirrorEvent) => void,
): Promise<MirrorResult> {
  const { latest, profile, packs, dryRun = false } = options;
  if (latest !== undefined && (!Number.isSafeInteger(latest) || latest < 1)) {
    throw new PackyardError({
      code: 'usage',
      message: 'The number of releases of each pack is not a whole number above 0.',
      hint: 'Leave it out to mirror all releases.',
    });
  }
  const named = profile === undefined ? undefined : await profilePacks(profile);
  const held = await openDestination(destination);
  const context: MirrorContext = {
    held,
    options,
    named: packs === undefined && named === undefined ? undefined : [...asPacks(packs ?? []), ...(named ?? [])],
    stateFolder: options.state ?? defaultCacheDirectory(),
    emit,
  };
  const attempts = mirrorAttempts(location, context);
  try {
    await attempts.open();
    if (dryRun) return await attempts.run();
    const giveBack = await lockDestination(held.path);
    let done = false;
    try {
      const result = await attempts.run();
      done = true;
      return result;
    } catch (error) {
      throw destinationError(error, held.path, attempts.needed());
    } finally {
      await giveBack(!done);
    }
  } finally {
    await attempts.close();
  }
}

function asPacks(packs: NonNullable<MirrorOptions['packs']>): NonNullable<MirrorContext['named']> {
  return packs.map((reference) => ({ reference, elsewhere: false }));
}
