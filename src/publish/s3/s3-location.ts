import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { notPortable } from '../../model/portable-path.ts';

/** What an address `s3://bucket/prefix` names. */
export interface S3Location {
  readonly bucket: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly prefix: string;
}

/** Source: "General purpose bucket naming rules" of Amazon S3. */
const BUCKET = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/u;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/u;

/** Bytes of a key that S3 allows, less what the longest path in a registry needs. */
const LONGEST_PREFIX = 512;

const HINT = 'Write it as s3://BUCKET or s3://BUCKET/PREFIX.';

/**
 * Reads `s3://bucket/prefix`. What follows the bucket is a key as it is, not encoded as in a web address. Throws `usage`;
 * no message holds what could be credentials.
 */
export function s3Location(address: string): S3Location {
  const [, bucket = '', rest = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/isu.exec(address) ?? [];
  if (bucket === '') throw usage('The address of the bucket names none.');
  if (bucket.includes('@')) {
    throw usage(
      'The address of a bucket holds no credentials.',
      'Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into a profile that AWS_PROFILE names.',
    );
  }
  if (bucket.includes(':')) {
    throw usage('The address of a bucket holds no port.', 'Name the server with --endpoint or AWS_ENDPOINT_URL_S3.');
  }
  if (!BUCKET.test(bucket) || IPV4.test(bucket)) {
    throw usage(
      `"${printable(bucket)}" is no name of a bucket.`,
      'It has 3 to 63 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or a digit.',
    );
  }
  const prefix = rest.replace(/\/+$/u, '');
  if (prefix === '') return { bucket, prefix };
  if (/[?#]/u.test(prefix)) throw usage('The address of a bucket holds no "?" or "#".');
  const problem =
    Buffer.byteLength(prefix) > LONGEST_PREFIX ? `it is longer than ${LONGEST_PREFIX} bytes` : notPortable(prefix);
  if (problem !== undefined) {
    throw usage(`"${printable(prefix)}" cannot be the beginning of the keys of a registry: ${problem}.`);
  }
  return { bucket, prefix };
}

function usage(message: string, hint: string = HINT): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}

function printable(text: string): string {
  return escapeControl(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
