import type { Finding } from '../../model/finding.ts';
import { findingOf } from '../../pack/finding-of.ts';
import { MANIFEST_FILE, type Pack } from '../../pack/pack.ts';
import { pathKey } from '../../pack/source-document.ts';
import { schemaValidator } from '../schema-validator.ts';

/** `pack.json` against its schema. Keys that it does not describe are a warning, never an error. */
export async function schema({ manifest }: Pack): Promise<Finding[]> {
  if (manifest === undefined) return [];
  const validator = await schemaValidator('pack');
  const problems = validator
    .problems(manifest.value)
    .map(({ path, expected }) =>
      findingOf('pack/schema', MANIFEST_FILE, { pointer: pathKey(path), expected }, { place: manifest.place(path) }),
    );
  const unknown = validator.unknownKeys(manifest.value as object).map((args) =>
    findingOf('pack/unknown-key', MANIFEST_FILE, args, {
      place: manifest.place([args.key], 'key'),
      severity: 'warning',
    }),
  );
  return [...problems, ...unknown];
}
