import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { PackyardError } from '../../../src/errors.ts';
import { s3Location } from '../../../src/publish/s3/s3-location.ts';

describe('s3Location', () => {
  test.each([
    ['s3://my-bucket', 'my-bucket', ''],
    ['s3://my-bucket/', 'my-bucket', ''],
    ['s3://my.bucket.example/packs', 'my.bucket.example', 'packs'],
    ['s3://my-bucket/a/b//', 'my-bucket', 'a/b'],
    ['S3://my-bucket/Größe 1%20', 'my-bucket', 'Größe 1%20'],
  ])('reads %s', (address, bucket, prefix) => {
    expect(s3Location(address)).toEqual({ bucket, prefix });
  });

  test.each([
    ['s3://', 'The address of the bucket names none.'],
    ['s3:bucket', 'The address of the bucket names none.'],
    ['s3:///prefix', 'The address of the bucket names none.'],
    ['s3://key:secret@bucket/prefix', 'The address of a bucket holds no credentials.'],
    ['s3://bucket:9000/prefix', 'The address of a bucket holds no port.'],
    ['s3://Bucket', '"Bucket" is no name of a bucket.'],
    ['s3://ab', '"ab" is no name of a bucket.'],
    ['s3://a..b', '"a..b" is no name of a bucket.'],
    ['s3://-bucket', '"-bucket" is no name of a bucket.'],
    ['s3://192.168.1.1', '"192.168.1.1" is no name of a bucket.'],
    ['s3://bucket\u001b[2J', '"bucket\\u001b[2J" is no name of a bucket.'],
    ['s3://bucket/a?versionId=1', 'The address of a bucket holds no "?" or "#".'],
    ['s3://bucket/a#b', 'The address of a bucket holds no "?" or "#".'],
    ['s3://bucket/a//b', '"a//b" cannot be the beginning of the keys of a registry: it has an empty name in it.'],
    ['s3://bucket/../b', '"../b" cannot be the beginning of the keys of a registry: it holds "..".'],
  ])('refuses %s', (address, message) => {
    expect(() => s3Location(address)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  test('refuses a prefix that leaves no room for a path', () => {
    const message = expect.stringMatching(/^"a{80}…" cannot be .*: it is longer than 512 bytes\.$/u);
    expect(() => s3Location(`s3://bucket/${'a'.repeat(513)}`)).toThrow(expect.objectContaining({ message }));
  });

  test('says how to write it', () => {
    const hintOf = (address: string): string | undefined => {
      try {
        s3Location(address);
      } catch (error) {
        return error instanceof PackyardError ? error.hint : undefined;
      }
      return undefined;
    };
    expect(['s3://', 's3://a:b@c', 's3://b:1', 's3://B'].map(hintOf)).toEqual([
      'Write it as s3://BUCKET or s3://BUCKET/PREFIX.',
      'Put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or into a profile that AWS_PROFILE names.',
      'Name the server with --endpoint or AWS_ENDPOINT_URL_S3.',
      'It has 3 to 63 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or a digit.',
    ]);
  });

  test('reads or refuses whatever it is given, and never shows what stands before an @', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (login, rest) => {
        try {
          const { prefix } = s3Location(`s3://${login}s3cr3t@${rest}`);
          expect(prefix).not.toMatch(/^\/|\/$/u);
        } catch (error) {
          if (!(error instanceof PackyardError)) throw error;
          if (!login.includes('/')) expect(error.message).not.toContain('s3cr3t');
        }
      }),
    );
  });
});
