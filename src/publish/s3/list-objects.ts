import { PackyardError } from '../../errors.ts';
import { notPortable } from '../../model/portable-path.ts';
import { optional } from '../../model/optional.ts';
import type { StoredFile } from '../store.ts';
import { PROBE_PATH } from './probe-path.ts';
import type { S3Requests } from './s3-requests.ts';

interface ListedObject {
  readonly Key?: string | undefined;
  readonly Size?: number | undefined;
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
}

/** Every object below the prefix whose key a registry could have, a thousand with each request. */
export async function* listObjects(requests: S3Requests): AsyncGenerator<StoredFile> {
  const prefix = requests.keyOf('');
  for (let token: string | undefined; ;) {
    const page = await requests.send({
      verb: 'listed',
      ask: ({ client, sdk, options }) =>
        client.send(
          new sdk.ListObjectsV2Command({
            Bucket: requests.bucket,
            Prefix: prefix,
            // XML cannot hold every key.
            EncodingType: 'url',
            ...(token !== undefined && { ContinuationToken: token }),
          }),
          options,
        ),
    });
    for (const object of page.Contents ?? []) {
      const file = storedFile(object, prefix, page.EncodingType === 'url');
      if (file !== undefined) yield file;
    }
    if (page.IsTruncated !== true) return;
    const next = page.NextContinuationToken;
    if (next === undefined || next === token) throw endless(requests.location);
    token = next;
  }
}

/** Undefined for what is none of a registry's: somebody else's key, or a folder that a console made. */
function storedFile(
  { Key: key = '', Size: size, ETag: quoted, LastModified: modified }: ListedObject,
  prefix: string,
  encoded: boolean,
): StoredFile | undefined {
  const whole = encoded ? decodedKey(key) : key;
  if (whole === undefined || size === undefined || !whole.startsWith(prefix)) return undefined;
  const path = whole.slice(prefix.length);
  if (path === '' || path === PROBE_PATH || notPortable(path) !== undefined) return undefined;
  const etag = quoted === undefined || quoted === '' ? undefined : quotedEtag(quoted);
  return {
    path,
    size,
    ...optional({ etag, md5: etag === undefined ? undefined : md5Of(etag), modifiedAt: modified?.getTime() }),
  };
}

function decodedKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** As a condition has it: some servers list them without. */
export function quotedEtag(etag: string): string {
  return /^(?:W\/)?"/u.test(etag) ? etag : `"${etag}"`;
}

/** That of an object which was sent in one piece; servers that encrypt give something else in the same form. */
function md5Of(etag: string): string | undefined {
  return /^"([0-9a-f]{32})"$/u.exec(etag)?.[1];
}

function endless(location: string): PackyardError {
  return new PackyardError({
    code: 'registry-unreachable',
    message: `${location} cannot be listed: the server says that there is more, and not from where.`,
    hint: 'Check that the endpoint is that of a server which speaks S3.',
  });
}
