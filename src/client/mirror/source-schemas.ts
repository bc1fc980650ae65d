import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { SCHEMA_NAMES } from '../../check/schema-files.ts';
import { systemCode } from '../../errors.ts';
import { isMapping } from '../../model/json-value.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { sha256Of } from '../../remote/sha256.ts';
import type { MirrorFile } from './mirror-file.ts';
import type { MirrorSource } from './mirror-source.ts';

const FOLDER = 'schemas';
const NAME = /^[a-z0-9][a-z0-9-]{0,60}\.schema\.json$/u;

/** Bytes of one schema, and how many schemas a folder may hold. */
const LONGEST = 1_048_576;
const MOST = 100;

/**
 * The schemas beside a registry. No hash leads to them, and a host does not say which there are: of a host those are asked
 * for that this Packyard knows. What is there and is no JSON, such as a web page that says so, is none; `onSkipped` gets
 * its path.
 */
export async function sourceSchemas(
  source: MirrorSource,
  width: number,
  onSkipped: (path: string) => void,
): Promise<readonly MirrorFile[]> {
  const names = source.remote ? SCHEMA_NAMES.map((name) => `${name}.schema.json`) : await namesIn(source.location);
  const files = await inParallel(names.slice(0, MOST), width, async (name): Promise<MirrorFile | undefined> => {
    const path = `${FOLDER}/${name}`;
    const bytes = await source.unlinked(path, LONGEST);
    if (bytes === undefined) return undefined;
    if (isObject(bytes)) return { path, sha256: await sha256Of(bytes), size: bytes.byteLength, bytes, role: 'stable' };
    onSkipped(path);
    return undefined;
  });
  return files.filter((file) => file !== undefined);
}

async function namesIn(root: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(root, FOLDER))).filter((name) => NAME.test(name)).toSorted();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function isObject(bytes: Uint8Array): boolean {
  try {
    return isMapping(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return false;
  }
}
