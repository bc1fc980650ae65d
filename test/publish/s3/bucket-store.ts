import { onTestFinished } from 'vitest';

import { contentOf } from '../../../src/model/content.ts';
import { entryOf } from '../../../src/model/entry-of.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { openS3Store } from '../../../src/publish/s3/s3-store.ts';
import type { S3Target } from '../../../src/publish/s3/s3-target.ts';
import type { Store } from '../../../src/publish/store.ts';

/** A store on a server, or on what stands before it, until the test ends. It does not wait long before it tries again. */
export async function storeOn(server: { readonly endpoint: string }, options: Partial<S3Target> = {}): Promise<Store> {
  const store = await openS3Store({
    bucket: 'registry',
    prefix: '',
    endpoint: server.endpoint,
    retries: { tries: 6, delay: 1, longestDelay: 2000 },
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

export function bucketEntry(path: string, text: string | Uint8Array): Entry {
  return entryOf(path, contentOf(Buffer.from(text)), 'revalidate');
}
