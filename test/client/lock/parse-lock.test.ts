import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { lockText, type LockedPack, type PackyardLock } from '../../../src/client/lock/packyard-lock.ts';
import { parseLock } from '../../../src/client/lock/parse-lock.ts';
import { PackyardError } from '../../../src/errors.ts';
import { failureOf } from '../../helpers/rejection.ts';

const PIN: LockedPack = {
  selector: '1.x',
  registry: 'community',
  version: '1.3.1',
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  size: 1234,
};

const LOCK: PackyardLock = {
  packs: new Map([
    ['nginx', PIN],
    ['redis', PIN],
  ]),
};
const TEXT = lockText(LOCK);

const AGAIN = 'Take it from Git as it was, or remove it and run "packyard lock", which chooses anew.';

/** The text of a lock in which something is changed. */
function changed(change: object, pin: object = {}): string {
  const packs = { nginx: { ...PIN, ...pin } };
  return `${JSON.stringify({ format: 'packyard-lock/1', packs, ...change }, null, 2)}\n`;
}

test('gives what was written', async () => {
  expect(await parseLock(TEXT, 'packyard.lock')).toEqual(LOCK);
});

test('leaves alone what it does not know', async () => {
  const text = changed({ made: 'by hand' }, { why: ['because'] });
  const { packs } = await parseLock(text, 'packyard.lock');
  expect(packs.get('nginx')).toMatchObject(PIN);
});

describe('refuses', () => {
  test.each<[what: string, text: string, message: string, hint?: string]>([
    ['nothing', '', 'packyard.lock is empty.', 'Remove it, and run "packyard lock".'],
    ['blanks', ' \n\t\n', 'packyard.lock is empty.', 'Remove it, and run "packyard lock".'],
    [
      'marks of a merge',
      TEXT.replace('    "redis"', '<<<<<<< HEAD\n    "redis"').replace(/\}\n$/u, '=======\n>>>>>>> other\n}\n'),
      'packyard.lock:12: a merge left its marks here.',
      'Settle packyard.json first; then take this file from one side ("git checkout --ours packyard.lock") and run "packyard lock", which chooses only what is missing.',
    ],
    [
      'half of a merge',
      TEXT.replace('  "packs"', '=======\n  "packs"'),
      'packyard.lock:3: a merge left its marks here.',
      expect.anything() as string,
    ],
    [
      'a newer format',
      changed({ format: 'packyard-lock/2' }),
      'packyard.lock:2:13 is of the format packyard-lock/2, which this Packyard cannot read: it knows packyard-lock/1.',
      'Install a newer Packyard.',
    ],
    [
      'another document',
      '{"format":"packyard-index/1","packs":{}}',
      'packyard.lock:1:11 holds something else, not a lock: its "format" is not "packyard-lock/1".',
    ],
    ['a list', '[]', 'packyard.lock:1:1 holds a list, not a lock: its "format" is not "packyard-lock/1".'],
    ['null', 'null', 'packyard.lock:1:1 holds null, not a lock: its "format" is not "packyard-lock/1".'],
    [
      'a text',
      '"packyard-lock/1"',
      'packyard.lock:1:1 holds a string, not a lock: its "format" is not "packyard-lock/1".',
    ],
    ['no packs', '{"format":"packyard-lock/1"}', 'packyard.lock:1:1: it needs the key "packs".'],
    [
      'packs in a list',
      '{"format":"packyard-lock/1","packs":[]}',
      'packyard.lock:1:37: packs must be an object, not a list.',
    ],
    [
      'a pin that is none',
      changed({ packs: { nginx: '1.3.1' } }),
      'packyard.lock:4:14: packs › nginx must be an object, not a string.',
    ],
    [
      'a name of no pack',
      changed({ packs: { '../nginx': PIN } }),
      'packyard.lock:4:5: "../nginx" is no name of a pack.',
    ],
    [
      'a name that every object has',
      `{"format":"packyard-lock/1","packs":{"__proto__":${JSON.stringify(PIN)}}}`,
      'packyard.lock:1:38: "__proto__" is no name of a pack.',
    ],
    ['a size that is none', changed({}, { size: -1 }), 'packyard.lock:10:15: packs › nginx › size must be >= 1.'],
    [
      'a size in a text',
      changed({}, { size: '1' }),
      'packyard.lock:10:15: packs › nginx › size must be a whole number, not a string.',
    ],
    [
      'a short hash',
      changed({}, { sha256: 'abc' }),
      'packyard.lock:8:17: packs › nginx › sha256 must be 64 hexadecimal digits.',
    ],
    [
      'a version with a path in it',
      changed({}, { version: '../1' }),
      'packyard.lock:7:18: packs › nginx › version must be a version.',
    ],
    [
      'a key that stands twice, as merges leave it',
      TEXT.replace('"redis"', '"nginx"'),
      'packyard.lock:12:5: "nginx" stands here and in line 4.',
    ],
    ['an end that is missing', TEXT.slice(0, 100), 'packyard.lock:6:14: the text ends too early, inside a string.'],
    [
      'a comma too many',
      TEXT.replace(/\}\n {2}\}\n\}\n$/u, '},\n  }\n}\n'),
      'packyard.lock:20:3: "}" stands where a key is wanted.',
    ],
    ['what nests too deep', `${'['.repeat(101)}${']'.repeat(101)}`, 'packyard.lock:1:101: it nests too deep.'],
    [
      'control characters, which are shown escaped',
      `{"format":"\\u001b[31mred"}`,
      'packyard.lock:1:11 holds something else, not a lock: its "format" is not "packyard-lock/1".',
    ],
  ])('%s', async (_, text, message, hint = AGAIN) => {
    expect(await failureOf(parseLock(text, 'packyard.lock'))).toEqual({ code: 'lock-invalid', message, hint });
  });
});

test('whatever the text is, it is a lock or is refused', async () => {
  const values = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map((value) => changed({ packs: value })),
  );
  const broken = fc
    .tuple(fc.nat(TEXT.length), fc.nat(20), fc.string({ maxLength: 5 }))
    .map(([at, count, text]) => TEXT.slice(0, at) + text + TEXT.slice(at + count));
  const pins = fc.dictionary(fc.string(), fc.jsonValue()).map((pin) => changed({}, pin));
  await fc.assert(
    fc.asyncProperty(fc.oneof(values, broken, pins), async (text) => {
      try {
        const { packs } = await parseLock(text, 'packyard.lock');
        for (const { sha256 } of packs.values()) expect(sha256).toHaveLength(64);
      } catch (error) {
        expect(error).toBeInstanceOf(PackyardError);
        expect((error as PackyardError).code).toBe('lock-invalid');
        // eslint-disable-next-line no-control-regex
        expect((error as PackyardError).message).not.toMatch(/[\u0000-\u001f]/u);
      }
    }),
    { numRuns: 500 },
  );
});
