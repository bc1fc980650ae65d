import { basename } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { oneLine } from '../../check/one-line.ts';
import { readLockFile } from '../lock/lock-file.ts';
import { LOCK_FILE } from '../lock/packyard-lock.ts';
import { wantedPacks } from '../lock/wanted-packs.ts';
import { parseReference, type PackReference } from '../reference.ts';
import { readProjectFile } from '../settings/project-file.ts';

/** A pack that a file names. */
export interface ProfilePack {
  readonly reference: PackReference;
  /** Name of the registry that has it, as an index says it; undefined where the file does not say. */
  readonly registryName?: string;
  /** Whether the file says that the pack is of a certain registry, by a name that only its settings explain. */
  readonly elsewhere: boolean;
}

/**
 * The packs that a file names: a `packyard.lock` the releases that it pins, a `packyard.json` those that its selectors
 * mean. Rejects with `usage`, `project-invalid` or `lock-invalid`.
 */
export async function profilePacks(file: string): Promise<readonly ProfilePack[]> {
  const packs = await packsIn(file);
  if (packs.length > 0) return packs;
  throw new PackyardError({
    code: 'usage',
    message: `${oneLine(file)} names no pack.`,
    hint: 'Name packs in it, or with --packs; without either everything is mirrored.',
  });
}

async function packsIn(file: string): Promise<readonly ProfilePack[]> {
  const name = basename(file);
  if (name.endsWith('.lock')) return lockedPacks(file);
  if (name.endsWith('.json')) return projectPacks(file);
  throw new PackyardError({
    code: 'usage',
    message: `${oneLine(file)} is neither a packyard.json nor a packyard.lock.`,
    hint: 'Cluster profiles of other formats are not known to this Packyard: name their packs with --packs.',
  });
}

async function lockedPacks(file: string): Promise<readonly ProfilePack[]> {
  const read = await readLockFile(file);
  if (read === undefined) {
    throw new PackyardError({
      code: 'usage',
      message: `${oneLine(file)} does not exist.`,
      hint: `Name a ${LOCK_FILE}; "packyard lock" makes one.`,
    });
  }
  return [...read.lock.packs].map(([name, { contentSha256, registry }]) => ({
    reference: { name, sha256: contentSha256 },
    registryName: registry,
    elsewhere: false,
  }));
}

async function projectPacks(file: string): Promise<readonly ProfilePack[]> {
  const project = await readProjectFile(file);
  return wantedPacks(project).map(({ name, selector, registry }) => ({
    reference: parseReference(`${name}@${selector}`),
    elsewhere: registry !== undefined,
  }));
}
