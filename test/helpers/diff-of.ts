import { diff } from '../../src/build/diff/diff.ts';
import type { DiffOptions } from '../../src/build/diff/diff-options.ts';
import type { RegistryDiff } from '../../src/build/diff/registry-diff.ts';
import { gitRepository, type FileMap, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { scratch } from './scratch.ts';

/** What a sound pack says of itself, besides its names. */
export const SOUND = {
  addonType: 'monitoring',
  annotations: { source: 'community', contributor: 'us' },
};

/** A pack without findings, in a directory that is named after it. */
export function soundPack(
  name: string,
  version: string = '1.0.0',
  files: FileMap = {},
  manifest: object = {},
): FileMap {
  return packFiles(`packs/${name}-${version}`, {
    name,
    version,
    manifest: { ...SOUND, displayName: name.toUpperCase(), ...manifest },
    files,
  });
}

export async function diffOf({ path }: TestRepository, options: DiffOptions = {}): Promise<RegistryDiff> {
  return diff({ repository: path, cache: await scratch(), ...options });
}

/** Releases in one line each. */
export function changesOf({ releases }: RegistryDiff): string[] {
  return releases.map(({ change, name, version, follows, refusals }) =>
    [change, `${name}@${version}`, ...(follows === undefined ? [] : [`after ${follows}`]), ...refusals].join(' '),
  );
}

/** Findings in one line each. */
export function rulesIn({ findings, releases }: RegistryDiff): string[] {
  return [...releases.flatMap((release) => release.findings), ...findings].map(
    ({ rule, severity, file }) => `${file} ${severity} ${rule}`,
  );
}

/** One commit on `main`, and another on top. */
export async function twoCommits(first: FileMap, second: FileMap): Promise<TestRepository> {
  const repository = await gitRepository(first);
  repository.commit(second);
  return repository;
}
