import { propertyOf } from '../model/json-value.ts';

/** One item of `constraints.dependencies` that names a pack. */
export interface ListedDependency {
  readonly packName: string;
  /** Not validated. */
  readonly value: unknown;
  /** In `pack.json`. */
  readonly path: readonly ['constraints', 'dependencies', number];
}

/** Names that are longer do not fit the schema. */
const LONGEST_NAME = 100;

export function* listedDependencies(manifest: unknown): Generator<ListedDependency> {
  const list = propertyOf(propertyOf(manifest, 'constraints'), 'dependencies');
  if (!Array.isArray(list)) return;
  for (const [index, value] of list.entries()) {
    const packName = propertyOf(value, 'packName');
    if (typeof packName !== 'string' || packName === '' || packName.length > LONGEST_NAME) continue;
    yield { packName, value, path: ['constraints', 'dependencies', index] };
  }
}
