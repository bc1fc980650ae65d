import { PackyardError } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { notPortable } from '../../model/portable-path.ts';
import type { Condition, Store, StoredFile, StoreTraffic } from '../store.ts';
import type { PutOutcome } from './conditions.ts';
import { listObjects } from './list-objects.ts';
import { LARGEST_PIECE } from './object-parts.ts';
import { probeConditions } from './probe-conditions.ts';
import { putParts } from './put-parts.ts';
import { putWhole } from './put-whole.ts';
import { readObject, type ReadObject } from './read-object.ts';
import { removeObjects } from './remove-objects.ts';
import { openS3Client } from './s3-client.ts';
import { S3Requests } from './s3-requests.ts';
import { s3Settings, type S3Target } from './s3-target.ts';
import { storedObject } from './stored-object.ts';

/**
 * A registry below a prefix of a bucket, of Amazon or any server that speaks its protocol. Credentials are found as the
 * AWS SDK finds them. Rejects with `usage` and `credentials-unusable`; nothing is asked of the bucket yet.
 */
export async function openS3Store(target: S3Target): Promise<Store> {
  const settings = s3Settings(target);
  return new S3Store(new S3Requests(await openS3Client(target, settings), target, settings));
}

class S3Store implements Store {
  readonly atomic = false;
  readonly #requests: S3Requests;
  #keeps: Promise<boolean> | undefined;
  /** Once the server said so itself. */
  #knowsConditions = true;

  constructor(requests: S3Requests) {
    this.#requests = requests;
  }

  get location(): string {
    return this.#requests.location;
  }

  get traffic(): StoreTraffic {
    return this.#requests.traffic;
  }

  list(): AsyncIterable<StoredFile> {
    return listObjects(this.#requests);
  }

  async read(path: string, maxBytes: number): Promise<ReadObject | undefined> {
    return readObject(this.#requests, this.#checked(path), maxBytes);
  }

  async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
    this.#checked(entry.path);
    if (condition === undefined || this.#knowsConditions) {
      const outcome = await this.#send(entry, condition);
      if (outcome !== 'unsupported') return outcome;
      this.#knowsConditions = false;
    }
    return this.#lookAndPut(entry, condition);
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#checked(path);
    await removeObjects(this.#requests, paths);
  }

  async keepsConditions(): Promise<boolean> {
    this.#keeps ??= probeConditions(this.#requests);
    const keeps = await this.#keeps;
    if (!keeps) this.#knowsConditions = false;
    return keeps;
  }

  async commit(): Promise<'done'> {
    return 'done';
  }

  async close(): Promise<void> {
    this.#requests.close();
  }

  async #send(entry: Entry, condition: Condition | undefined): Promise<PutOutcome> {
    const put = entry.size > LARGEST_PIECE ? putParts : putWhole;
    return put(this.#requests, entry, condition);
  }

  /** Where there are no conditions, as late a look as possible. What has one content for ever needs none. */
  async #lookAndPut(entry: Entry, condition: Condition | undefined): Promise<'written' | 'conflict'> {
    if (condition?.kind === 'unchanged' || entry.cache === 'revalidate') {
      const there = await storedObject(this.#requests, entry.path);
      const expected = condition?.kind === 'unchanged' ? condition.etag : undefined;
      if (there?.etag !== expected) return 'conflict';
    }
    await this.#send(entry, undefined);
    return 'written';
  }

  #checked(path: string): string {
    const problem = notPortable(path);
    if (problem === undefined) return path;
    throw new PackyardError({
      code: 'usage',
      message: `${escapeControl(path)} cannot be a path in ${this.location}: ${problem}.`,
    });
  }
}
