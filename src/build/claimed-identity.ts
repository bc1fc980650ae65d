import { LIMITS } from '../model/limits.ts';
import { propertyOf } from '../model/json-value.ts';
import { MANIFEST_FILE, type PackFiles } from '../pack/pack.ts';
import { notPortable } from '../model/portable-path.ts';

/** What a pack says it is, before anything was checked. */
export interface ClaimedIdentity {
  readonly name: string;
  readonly version: string;
}

/** Name and version as `pack.json` has them, before anything was checked; undefined unless they could name a folder. */
export function claimedIdentity(files: PackFiles): ClaimedIdentity | undefined {
  const data = files.get(MANIFEST_FILE)?.data;
  if (data === undefined || data.length > LIMITS.packJsonBytes) return undefined;
  let manifest: unknown;
  try {
    manifest = JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
  const [name, version] = [propertyOf(manifest, 'name'), propertyOf(manifest, 'version')];
  if (typeof name !== 'string' || typeof version !== 'string') return undefined;
  const root = `${name}-${version}`;
  return root.includes('/') || notPortable(root) !== undefined ? undefined : { name, version };
}
