import { createHash } from 'node:crypto';

import type { Content } from './entry.ts';

/** Lower-case hexadecimal SHA-256. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Bytes in memory as content. */
export function contentOf(data: Uint8Array): Content {
  return { sha256: sha256(data), size: data.byteLength, open: () => once(data) };
}

async function* once(data: Uint8Array): AsyncGenerator<Uint8Array> {
  yield data;
}
