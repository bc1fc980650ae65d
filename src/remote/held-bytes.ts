import { systemCode } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import { readSmallFile } from './read-small-file.ts';

/** What the folder has at the path of a document; undefined where that is nothing that can be read, such as a pipe. */
export async function heldBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readSmallFile(path, LIMITS.documents.bytes);
    return typeof bytes === 'string' ? undefined : bytes;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
