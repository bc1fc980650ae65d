import { createHash } from 'node:crypto';

import type { Entry } from '../../model/entry.ts';
import type { Condition } from '../store.ts';
import { conditionHeaders, isConflict, isUnknownCondition, type PutOutcome } from './conditions.ts';
import { quotedEtag } from './list-objects.ts';
import { objectHeaders } from './object-headers.ts';
import { wholeContent } from './object-parts.ts';
import { isOurs } from './stored-object.ts';
import type { S3Requests } from './s3-requests.ts';

export function md5(bytes: Uint8Array): Buffer {
  return createHash('md5').update(bytes).digest();
}

/** Sends an object in one piece. */
export async function putWhole(
  requests: S3Requests,
  entry: Entry,
  condition: Condition | undefined,
): Promise<PutOutcome> {
  const bytes = await wholeContent(entry);
  const { outcome, uncertain } = await putBytes(requests, entry, bytes, condition);
  if (outcome !== 'conflict' || !uncertain) return outcome;
  return (await isOurs(requests, entry, quotedEtag(md5(bytes).toString('hex')))) ? 'written' : 'conflict';
}

/** `uncertain` where an earlier try may have arrived, though its answer did not: a conflict may be with itself. */
export async function putBytes(
  requests: S3Requests,
  entry: Entry,
  bytes: Uint8Array,
  condition: Condition | undefined,
): Promise<{ readonly outcome: PutOutcome; readonly uncertain: boolean }> {
  let uncertain = false;
  const hash = md5(bytes).toString('base64');
  const outcome = await requests.send<PutOutcome>({
    path: entry.path,
    verb: 'written',
    bytes: bytes.byteLength,
    ask: async ({ client, sdk, options, tries }) => {
      uncertain = tries > 1;
      const command = new sdk.PutObjectCommand({
        Bucket: requests.bucket,
        Key: requests.keyOf(entry.path),
        Body: bytes,
        ContentLength: bytes.byteLength,
        ContentMD5: hash,
        ...objectHeaders(entry),
        ...conditionHeaders(condition),
      });
      try {
        await client.send(command, options);
        return 'written';
      } catch (error) {
        if (condition !== undefined && isConflict(error)) return 'conflict';
        if (condition !== undefined && isUnknownCondition(error)) return 'unsupported';
        throw error;
      }
    },
  });
  return { outcome, uncertain };
}
