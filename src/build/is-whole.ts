import { PackyardError } from '../errors.ts';
import type { Content } from '../model/entry.ts';

/** Whether the cache still holds what it kept, byte for byte. */
export async function isWhole({ size, open }: Pick<Content, 'size' | 'open'>): Promise<boolean> {
  try {
    let read = 0;
    for await (const chunk of open()) read += chunk.byteLength;
    return read === size;
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'cache-corrupt') return false;
    throw error;
  }
}
