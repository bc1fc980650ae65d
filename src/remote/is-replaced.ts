import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import { FileProblem, INDEX_PATH, type RegistryFiles } from './registry-files.ts';
import { sha256Of } from './sha256.ts';

/** Whether another index is published by now than the one that was read; not, where nobody can say. */
export async function isReplaced(files: RegistryFiles, indexSha256: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await sha256Of(await files.read(INDEX_PATH, LIMITS.documents.bytes))) !== indexSha256;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PackyardError || error instanceof FileProblem) return false;
    throw error;
  }
}
