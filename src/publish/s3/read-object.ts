import { PackyardError } from '../../errors.ts';
import { tooLarge } from '../../remote/file-failures.ts';
import { quotedEtag } from './list-objects.ts';
import { s3Answer } from './s3-failure.ts';
import type { S3Requests } from './s3-requests.ts';

export interface ReadObject {
  readonly bytes: Uint8Array;
  readonly etag?: string;
}

type Body = AsyncIterable<Uint8Array> & { destroy?(): void };

/** A whole object; undefined where there is none. Rejects with `file-too-large`. */
export function readObject(requests: S3Requests, path: string, maxBytes: number): Promise<ReadObject | undefined> {
  return requests.send({
    path,
    verb: 'read',
    ask: async ({ client, sdk, options }) => {
      const command = new sdk.GetObjectCommand({ Bucket: requests.bucket, Key: requests.keyOf(path) });
      try {
        const { Body: body, ETag: etag, ContentLength: size = 0 } = await client.send(command, options);
        const bytes = size > maxBytes ? undefined : await bytesOf(body as Body, maxBytes);
        if (bytes !== undefined) return { bytes, ...(etag !== undefined && { etag: quotedEtag(etag) }) };
        (body as Body | undefined)?.destroy?.();
        throw new PackyardError({
          code: 'file-too-large',
          message: `${path} in ${requests.location} cannot be used: ${tooLarge(maxBytes)}.`,
          hint: 'It is none that packyard wrote: check the address.',
        });
      } catch (error) {
        if (s3Answer(error)?.code === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  });
}

/** Undefined where there are more. */
async function bytesOf(body: Body | undefined, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxBytes) return undefined;
  }
  return Buffer.concat(chunks);
}
