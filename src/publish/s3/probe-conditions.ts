import { entryOf } from '../../model/entry-of.ts';
import { contentOf } from '../../model/content.ts';
import type { Condition } from '../store.ts';
import type { PutOutcome } from './conditions.ts';
import { PROBE_PATH } from './probe-path.ts';
import { putBytes } from './put-whole.ts';
import type { S3Requests } from './s3-requests.ts';

const BYTES = Buffer.from('Packyard writes this to see whether the bucket keeps conditions.\n');
const ENTRY = { ...entryOf(PROBE_PATH, contentOf(BYTES), 'revalidate'), mediaType: 'text/plain; charset=utf-8' };

/** No object has it: an ETag is a hash. */
const NO_ETAG = `"${'0'.repeat(32)}"`;

/**
 * Whether a server keeps both conditions. It writes one object of its own, always the same, which stays: several
 * publishers who look at once then see the same, and a registry's own objects are never at risk. Two requests, and a
 * third when it is not there yet.
 */
export async function probeConditions(requests: S3Requests): Promise<boolean> {
  const first = await tried(requests, { kind: 'absent' });
  if (first === 'unsupported') return false;
  if (first === 'written' && (await tried(requests, { kind: 'absent' })) !== 'conflict') return false;
  return (await tried(requests, { kind: 'unchanged', etag: NO_ETAG })) === 'conflict';
}

async function tried(requests: S3Requests, condition: Condition): Promise<PutOutcome> {
  return (await putBytes(requests, ENTRY, BYTES, condition)).outcome;
}
