import { inParallel } from '../../model/in-parallel.ts';
import { md5 } from './put-whole.ts';
import { isUnknownCondition as isUnknown } from './conditions.ts';
import { s3Answer } from './s3-failure.ts';
import type { S3Requests } from './s3-requests.ts';

/** Objects that one request may remove. */
const BATCH = 1000;
const WIDTH = 8;

/** Removes objects, a thousand with each request where the server can. What is not there is no failure. */
export async function removeObjects(requests: S3Requests, paths: readonly string[]): Promise<void> {
  for (let start = 0; start < paths.length; start += BATCH) {
    const batch = paths.slice(start, start + BATCH);
    if (batch.length > 1 && (await removeBatch(requests, batch))) continue;
    await inParallel(batch, WIDTH, (path) => removeOne(requests, path));
  }
}

/** An answer of its own, inside of one that says all is well. */
class Refused extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(code: string) {
    super(code);
    this.name = code;
    this.$metadata = { httpStatusCode: STATUSES[code] ?? 400 };
  }
}

const STATUSES: Readonly<Record<string, number>> = { AccessDenied: 403, InternalError: 500, SlowDown: 503 };

/** False where the server cannot remove several at once. */
function removeBatch(requests: S3Requests, batch: readonly string[]): Promise<boolean> {
  return requests.send({
    verb: 'removed',
    ask: async ({ client, sdk, options }) => {
      const command = new sdk.DeleteObjectsCommand({
        Bucket: requests.bucket,
        Delete: { Quiet: true, Objects: batch.map((path) => ({ Key: requests.keyOf(path) })) },
      });
      // Some servers want this checksum and no other.
      command.middlewareStack.add(
        (next) => (args) => {
          const request = args.request as { body?: unknown; headers: Record<string, string> };
          if (typeof request.body === 'string') {
            request.headers['content-md5'] = md5(Buffer.from(request.body)).toString('base64');
          }
          return next(args);
        },
        { step: 'build', name: 'contentMd5' },
      );
      try {
        const { Errors: errors = [] } = await client.send(command, options);
        const refused = errors.find(({ Code: code }) => code !== 'NoSuchKey');
        if (refused !== undefined) throw new Refused(refused.Code ?? 'InternalError');
        return true;
      } catch (error) {
        if (!(error instanceof Refused) && isUnknown(error)) return false;
        throw error;
      }
    },
  });
}

function removeOne(requests: S3Requests, path: string): Promise<void> {
  return requests.send({
    path,
    verb: 'removed',
    ask: async ({ client, sdk, options }) => {
      try {
        await client.send(new sdk.DeleteObjectCommand({ Bucket: requests.bucket, Key: requests.keyOf(path) }), options);
      } catch (error) {
        if (s3Answer(error)?.code !== 'NoSuchKey') throw error;
      }
    },
  });
}
