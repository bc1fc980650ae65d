import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';

import { LIMITS } from '../../../src/model/limits.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { END, entry, file, header, packed, ROOT, tar } from './hostile-tar.ts';
import { hostile, refuses, type HostileArchive } from './refusals.ts';

const SOUND = packed(file('values.yaml', 'a: 1\n'.repeat(1000)));
const DAMAGED = 'its gzip is damaged: the checksum does not fit';
const BEHIND = 'there is something behind the end of its gzip';
const BESIDE = 'its gzip holds a file name, a comment or something else beside the archive';

/** Sound bytes with some of them replaced. */
function changed(at: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(SOUND);
  Buffer.from(bytes).copy(copy, at < 0 ? copy.length + at : at);
  return copy;
}

function cut(length: number): Buffer {
  return SOUND.subarray(0, length);
}

refuses('a gzip', [
  hostile('that is empty', Buffer.alloc(0), 'it is empty'),
  hostile('that is a web page', Buffer.from('<!doctype html><title>Log in</title>'), 'it is not a gzip'),
  hostile('that is JSON', Buffer.from('{"error":"not found"}'), 'it is not a gzip'),
  hostile('that is one byte', Buffer.from('x'), 'it is not a gzip'),
  hostile('that is a tar', tar(file('pack.json')), 'it is not a gzip'),
  hostile('that is a zip', Buffer.from('PK\u0003\u0004 and so on'), 'it is not a gzip'),
  hostile('that is zlib', deflateSync(tar(file('pack.json'))), 'it is not a gzip'),
  hostile('that only begins like one', Buffer.from([0x1f, 0x1f]), 'it is not a gzip'),
  hostile('of an unknown method', changed(2, 7), 'its gzip is compressed in an unknown way'),
  hostile('with a file name', changed(3, 0x08), BESIDE),
  hostile('with a comment', changed(3, 0x10), BESIDE),
  hostile('with extra fields', changed(3, 0x04), BESIDE),
  hostile('with reserved flags', changed(3, 0xe0), BESIDE),
  hostile('cut in its magic number', cut(1), 'it is cut off'),
  hostile('cut in its header', cut(7), 'it is cut off'),
  hostile('cut behind its header', cut(10), 'it is cut off'),
  hostile('cut in the middle', cut(SOUND.length >> 1), 'it is cut off'),
  hostile('cut before its checksum', cut(SOUND.length - 8), 'it is cut off'),
  hostile('cut in its checksum', cut(SOUND.length - 5), 'it is cut off'),
  hostile('cut before its last byte', cut(SOUND.length - 1), 'it is cut off'),
  hostile('with a wrong checksum', changed(-8, 1, 2, 3, 4), DAMAGED),
  hostile('with a wrong size', changed(-4, 0xff), DAMAGED),
  hostile('with a block of a type that there is none of', changed(10, 0x07), 'its gzip is damaged: invalid block type'),
  hostile(
    'with a distance that leads before its beginning',
    Buffer.concat([SOUND.subarray(0, 10), Buffer.from([0x03, 0x02]), SOUND.subarray(-8)]),
    'its gzip is damaged: invalid distance too far back',
  ),
  hostile('with a byte behind it', Buffer.concat([SOUND, Buffer.from('x')]), BEHIND),
  hostile('with zeros behind it', Buffer.concat([SOUND, Buffer.alloc(512)]), BEHIND),
  hostile('with megabytes behind it', Buffer.concat([SOUND, Buffer.alloc(3_000_000, 'x')]), BEHIND),
  hostile('with another behind it', Buffer.concat([SOUND, packed(file('evil'))]), BEHIND),
  hostile('with an empty one behind it', Buffer.concat([SOUND, gzipSync('')]), BEHIND),
  hostile('with an empty one before it', Buffer.concat([gzipSync(''), SOUND]), BEHIND),
  hostile('in two halves', Buffer.concat([gzipSync(file('pack.json')), gzipSync(END)]), BEHIND),
  hostile('in a gzip', gzipSync(SOUND), 'there is no tar in it'),
]);

function gzip(name: string, content: Buffer, reason: string): HostileArchive {
  return hostile(name, gzipSync(content), reason);
}

const one = file('pack.json', '{}\n');

refuses('a tar', [
  gzip('that is empty', Buffer.alloc(0), 'there is nothing in it'),
  gzip('of one byte', Buffer.from('x'), 'there is no tar in it'),
  gzip('that is text', Buffer.from('no tar '.repeat(200)), 'there is no tar in it'),
  gzip('that is only its end', END, 'there is no file in it'),
  gzip('that is only the root', tar(entry({ path: `${ROOT}/`, type: '5' })), 'there is no file in it'),
  gzip('of folders', tar(entry({ path: `${ROOT}/a/`, type: '5' })), 'there is no file in it'),
  gzip('without its end', one, 'it ends without the mark of its end'),
  gzip('with half its end', Buffer.concat([one, Buffer.alloc(512)]), 'it ends without the mark of its end'),
  gzip('that ends in a block', Buffer.concat([tar(one), Buffer.alloc(3)]), 'it ends inside a block'),
  gzip('that ends in its end', Buffer.concat([one, Buffer.alloc(700)]), 'it ends without the mark of its end'),
  gzip('that ends in a header', Buffer.concat([one, header({}).subarray(0, 200)]), 'it ends inside a header'),
  gzip('that ends behind a header', Buffer.concat([one, header({ size: 1 })]), `it ends inside "${ROOT}/file"`),
  gzip('that ends in padding', file('a').subarray(0, 600), `it ends inside "${ROOT}/a"`),
  gzip('with a file behind its end', Buffer.concat([tar(one), file('evil')]), 'there is something behind its end'),
  gzip(
    'with another behind its end',
    Buffer.concat([tar(one), tar(file('evil'))]),
    'there is something behind its end',
  ),
  gzip('with a byte behind its end', Buffer.concat([tar(one), Buffer.from('x')]), 'there is something behind its end'),
  gzip(
    'with an empty block in the middle',
    Buffer.concat([one, Buffer.alloc(512), tar(file('evil'))]),
    'there is something behind its end',
  ),
  gzip(
    'with something in the padding of a file',
    Buffer.concat([Buffer.from(one).fill('x', 900, 901), END]),
    `there is something behind the end of "${ROOT}/pack.json"`,
  ),
  gzip('whose first checksum is wrong', tar(entry({ checksum: '000000\0 ' })), 'there is no tar in it'),
  gzip(
    'whose next checksum is wrong',
    tar(one, entry({ checksum: '000000\0 ' })),
    'the header at byte 1024 is damaged: its checksum does not fit',
  ),
  gzip(
    'whose checksum is no number',
    tar(one, entry({ checksum: 'checksum' })),
    'the header at byte 1024 is damaged: its checksum does not fit',
  ),
  gzip(
    'whose checksum is empty',
    tar(one, entry({ checksum: '\0'.repeat(8) })),
    'the header at byte 1024 is damaged: its checksum does not fit',
  ),
  gzip(
    'with a bit of a header turned',
    Buffer.concat([one, Buffer.from(file('a')).fill('1', 110, 111), END]),
    'the header at byte 1024 is damaged: its checksum does not fit',
  ),
  gzip(
    'of GNU tar',
    tar(one, entry({ path: `${ROOT}/a`, magic: 'ustar  \0' })),
    `the header of "${ROOT}/a" is not of the format ustar`,
  ),
  gzip(
    'from before there was a format',
    tar(one, entry({ path: `${ROOT}/a`, magic: '' })),
    `the header of "${ROOT}/a" is not of the format ustar`,
  ),
  gzip(
    'of another version of the format',
    tar(one, entry({ path: `${ROOT}/a`, magic: 'ustar\x0001' })),
    `the header of "${ROOT}/a" is not of the format ustar`,
  ),
  gzip(
    'with a name that goes on behind its end',
    tar(one, entry({ path: `${ROOT}/a\0/../../evil` })),
    'a name goes on behind the zero byte that ends it',
  ),
  gzip(
    'with a name that goes on in another line',
    tar(one, entry({ path: `${ROOT}/a\0\n/../../evil` })),
    'a name goes on behind the zero byte that ends it',
  ),
  gzip(
    'with a prefix that goes on behind its end',
    tar(one, entry({ path: 'evil', prefix: `${ROOT}\0/../..` })),
    'the path of "evil" goes on behind the zero byte that ends it',
  ),
]);

const many = packed(...Array.from({ length: 9 }, (_, index) => file(`file-${index}`)));
const deep = packed(...Array.from({ length: 9 }, (_, index) => file(`folder-${index}/file`)));
const large = packed(file('large', Buffer.alloc(5000, 'abcdefgh')));

refuses('an archive beyond the limits', [
  { ...hostile('of files', many, 'it holds more than 9 files'), limits: { entries: 9 } },
  { ...hostile('of folders', deep, 'it holds more than 8 folders'), limits: { folders: 8 } },
  {
    ...hostile('of levels', packed(file('a/b/c/d')), `"${ROOT}/a/b/c/d" lies more than 2 folders deep`),
    limits: { levels: 2 },
  },
  { ...hostile('of one file', large, `"${ROOT}/large" is larger than 4.9 KiB`), limits: { fileBytes: 4999 } },
  { ...hostile('of all files', many, 'its files are larger than 40 bytes together'), limits: { bytes: 40 } },
  { ...hostile('of the tar', many, 'it expands to more than 10 KiB'), limits: { tarBytes: 10_240 } },
  {
    ...hostile('of how much it grows', large, 'it expands to more than 2 times its size'),
    limits: { ratio: 2, anyRatioBytes: 4096 },
  },
  {
    name: 'of its content',
    archive: many,
    contentSha256: 'c'.repeat(64),
    reason:
      'it holds other content than was published: its SHA-256 is ' +
      `${sha256Of(gunzipSync(many))}, not ${'c'.repeat(64)}`,
  },
  hostile(
    'of all files, unless told',
    packed(...Array.from({ length: 4 }, (_, index) => file(`zeros-${index}`, Buffer.alloc(60_000_000)))),
    'its files are larger than 192 MiB together',
  ),
  hostile(
    'of the tar, with zeros behind its end',
    gzipSync(Buffer.concat([tar(one), Buffer.alloc(LIMITS.packBytes + 20_000 * 6 * 512)])),
    'it expands to more than 251 MiB',
  ),
  hostile(
    'of one file, unless told',
    packed(header({ path: `${ROOT}/a`, size: 67_108_865 })),
    `"${ROOT}/a" is larger than 64 MiB`,
  ),
]);
