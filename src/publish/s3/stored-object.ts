import type { Entry } from '../../model/entry.ts';
import { s3Answer } from './s3-failure.ts';
import { quotedEtag } from './list-objects.ts';
import type { S3Requests } from './s3-requests.ts';

export interface StoredObject {
  readonly etag: string | undefined;
  readonly size: number | undefined;
  /** Of the entry that it was written from. */
  readonly sha256: string | undefined;
}

/** What is known of an object without reading it; undefined where there is none. */
export function storedObject(requests: S3Requests, path: string): Promise<StoredObject | undefined> {
  return requests.send({
    path,
    verb: 'read',
    ask: async ({ client, sdk, options }) => {
      try {
        const head = new sdk.HeadObjectCommand({ Bucket: requests.bucket, Key: requests.keyOf(path) });
        const { ETag: etag, ContentLength: size, Metadata: metadata } = await client.send(head, options);
        return { etag: etag === undefined ? undefined : quotedEtag(etag), size, sha256: metadata?.['sha256'] };
      } catch (error) {
        if (s3Answer(error)?.status === 404) return undefined;
        throw error;
      }
    },
  });
}

/** Whether what is there are the bytes of an entry. */
export async function isOurs(requests: S3Requests, { path, size, sha256 }: Entry, etag?: string): Promise<boolean> {
  const there = await storedObject(requests, path);
  return there !== undefined && there.size === size && (there.sha256 === sha256 || there.etag === etag);
}
