import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { posix } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { stringsAt } from '../../model/json-value.ts';
import { MANIFEST_FILE, type PackFile } from '../../pack/pack.ts';
import { pathInPack } from '../../pack/pack-path.ts';

/** Puts files in the place of the manifests of the same file name. Throws `usage`, and `file-too-large`. */
export function replaceManifests(files: Map<string, PackFile>, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const listed = manifestsOf(files);
  for (const path of paths) {
    const name = basename(resolve(path));
    const places = listed.filter((each) => posix.basename(each) === name);
    const [place] = places;
    const old = files.get(place ?? '');
    if (old === undefined || places.length !== 1) throw noPlace(path, name, listed);
    files.set(old.path, { ...old, data: read(path) });
  }
}

function manifestsOf(files: ReadonlyMap<string, PackFile>): string[] {
  const manifest: unknown = JSON.parse(files.get(MANIFEST_FILE)?.data.toString('utf8') ?? '{}');
  return stringsAt(manifest, 'kubeManifests')
    .flatMap((path) => pathInPack(path) ?? [])
    .filter((path) => files.has(path));
}

function noPlace(path: string, name: string, listed: readonly string[]): PackyardError {
  const names = listed.slice(0, 10).join(', ');
  return new PackyardError({
    code: 'usage',
    message: `${path} cannot take the place of a manifest: the pack has not just one that is called ${name}.`,
    hint: listed.length === 0 ? 'The pack has no manifests.' : `The pack has: ${names}.`,
  });
}

function read(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > LIMITS.fileBytes)
      throw new PackyardError({
        code: 'file-too-large',
        message: `${path} is larger than ${formatBytes(LIMITS.fileBytes)}, which no pack can hold.`,
        hint: 'Split it.',
      });
    return readFileSync(path);
  } catch (error) {
    if (error instanceof PackyardError) throw error;
    throw new PackyardError({
      code: 'usage',
      message: `${path} cannot be read (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Name a file that is there.',
      cause: error,
    });
  }
}
