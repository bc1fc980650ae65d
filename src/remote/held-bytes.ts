import { readFile, stat } from 'node:fs/promises';

import { systemCode } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';

/** What the folder has at the path of a document; undefined where that is nothing that can be read, such as a pipe. */
export async function heldBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() && stats.size <= LIMITS.documents.bytes ? await readFile(path) : undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
