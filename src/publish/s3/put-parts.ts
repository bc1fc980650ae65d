import type { CompletedPart } from '@aws-sdk/client-s3';

import { PackyardError } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import type { Condition } from '../store.ts';
import { conditionHeaders, isConflict, isUnknownCondition, type PutOutcome } from './conditions.ts';
import { objectHeaders } from './object-headers.ts';
import { partsOf, partSize } from './object-parts.ts';
import { md5 } from './put-whole.ts';
import { s3Answer } from './s3-failure.ts';
import { isOurs } from './stored-object.ts';
import type { S3Requests } from './s3-requests.ts';

/** Parts that are under way at once: so many are in memory. */
const WIDTH = 3;

/** Sends a large object in parts. It appears when all are there; what fails leaves nothing behind. */
export async function putParts(
  requests: S3Requests,
  entry: Entry,
  condition: Condition | undefined,
): Promise<PutOutcome> {
  const uploadId = await beginUpload(requests, entry);
  try {
    const parts = await sendParts(requests, entry, uploadId);
    const outcome = await completeUpload(requests, entry, { uploadId, parts, condition });
    if (outcome === 'conflict' || outcome === 'unsupported') await abandonUpload(requests, entry, uploadId);
    if (outcome !== 'unknown') return outcome;
    return (await isOurs(requests, entry)) ? 'written' : 'conflict';
  } catch (error) {
    await abandonUpload(requests, entry, uploadId);
    throw error;
  }
}

function beginUpload(requests: S3Requests, entry: Entry): Promise<string> {
  return requests.send({
    path: entry.path,
    verb: 'written',
    ask: async ({ client, sdk, options }) => {
      const command = new sdk.CreateMultipartUploadCommand({
        Bucket: requests.bucket,
        Key: requests.keyOf(entry.path),
        ...objectHeaders(entry),
      });
      const { UploadId: uploadId } = await client.send(command, options);
      if (uploadId !== undefined) return uploadId;
      throw new PackyardError({
        code: 'registry-unreachable',
        message: `${entry.path} in ${requests.location} cannot be written: the server gives its upload in parts no name.`,
        hint: 'Check that the endpoint is that of a server which speaks S3.',
      });
    },
  });
}

/** At most so many are read ahead as are under way. */
async function sendParts(requests: S3Requests, entry: Entry, uploadId: string): Promise<CompletedPart[]> {
  const sent: Promise<CompletedPart>[] = [];
  const underWay = new Set<Promise<unknown>>();
  let failed = false;
  try {
    for await (const bytes of partsOf(entry, partSize(entry.size))) {
      const part = sendPart(requests, entry, { uploadId, number: sent.length + 1, bytes });
      sent.push(part);
      const ended: Promise<unknown> = part
        .catch(() => {
          failed = true;
        })
        .then(() => underWay.delete(ended));
      underWay.add(ended);
      if (underWay.size >= WIDTH) await Promise.race(underWay);
      if (failed) break;
    }
    return await Promise.all(sent);
  } finally {
    await Promise.allSettled(sent);
  }
}

interface Part {
  readonly uploadId: string;
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

function sendPart(requests: S3Requests, { path }: Entry, { uploadId, number, bytes }: Part): Promise<CompletedPart> {
  return requests.send({
    path,
    verb: 'written',
    bytes: bytes.byteLength,
    ask: async ({ client, sdk, options }) => {
      const command = new sdk.UploadPartCommand({
        Bucket: requests.bucket,
        Key: requests.keyOf(path),
        UploadId: uploadId,
        PartNumber: number,
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: md5(bytes).toString('base64'),
      });
      const { ETag: etag } = await client.send(command, options);
      return { PartNumber: number, ETag: etag };
    },
  });
}

interface Upload {
  readonly uploadId: string;
  readonly parts: readonly CompletedPart[];
  readonly condition: Condition | undefined;
}

/** `unknown` where an earlier try may have ended it, though its answer did not arrive. */
function completeUpload(
  requests: S3Requests,
  { path }: Entry,
  { uploadId, parts, condition }: Upload,
): Promise<PutOutcome | 'unknown'> {
  return requests.send<PutOutcome | 'unknown'>({
    path,
    verb: 'written',
    ask: async ({ client, sdk, options, tries }) => {
      const command = new sdk.CompleteMultipartUploadCommand({
        Bucket: requests.bucket,
        Key: requests.keyOf(path),
        UploadId: uploadId,
        MultipartUpload: { Parts: [...parts] },
        ...conditionHeaders(condition),
      });
      try {
        await client.send(command, options);
        return 'written';
      } catch (error) {
        const gone = s3Answer(error)?.code === 'NoSuchUpload';
        if (tries > 1 && (gone || isConflict(error))) return 'unknown';
        if (condition !== undefined && isConflict(error)) return 'conflict';
        if (condition !== undefined && isUnknownCondition(error)) return 'unsupported';
        throw error;
      }
    },
  });
}

/** What was sent counts as storage until it is removed. That it cannot be is not the failure to speak of. */
async function abandonUpload(requests: S3Requests, { path }: Entry, uploadId: string): Promise<void> {
  const ask = requests.send({
    path,
    verb: 'removed',
    ask: ({ client, sdk, options }) => {
      const command = new sdk.AbortMultipartUploadCommand({
        Bucket: requests.bucket,
        Key: requests.keyOf(path),
        UploadId: uploadId,
      });
      return client.send(command, options);
    },
  });
  await ask.catch(() => undefined);
}
