import { expect, test } from 'vitest';

import { BROKEN } from './broken-answers.ts';
import { brief, outcomes, type Place } from './outcome.ts';

/** The fault once, and every time, side by side. */
async function table(on: Place): Promise<Record<string, string>> {
  const [once, always] = await Promise.all([
    outcomes(on, BROKEN, { always: false }),
    outcomes(on, BROKEN, { always: true }),
  ]);
  return Object.fromEntries(
    Object.keys(BROKEN).map((name) => [name, `${brief(once[name] ?? '')} | ${brief(always[name] ?? '')}`]),
  );
}

test('a fault with the index, the first time | every time', async () => {
  expect(await table('index')).toMatchInlineSnapshot(`
    {
      "204": "1 × registry-unreachable | 1 × registry-unreachable",
      "206, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "304, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "401": "1 × registry-denied | 1 × registry-denied",
      "403": "1 × registry-denied | 1 × registry-denied",
      "404": "1 × registry-not-found | 1 × registry-not-found",
      "410": "1 × registry-not-found | 1 × registry-not-found",
      "416, though no part was asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for an hour": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for no time": "2 × done | 4 × registry-unreachable",
      "429 until a date that is past": "2 × done | 4 × registry-unreachable",
      "429 until next century": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 until nobody knows when": "2 × done | 4 × registry-unreachable",
      "429 without a time": "2 × done | 4 × registry-unreachable",
      "500": "2 × done | 4 × registry-unreachable",
      "501": "1 × registry-unreachable | 1 × registry-unreachable",
      "503": "2 × done | 4 × registry-unreachable",
      "503 with a web page": "2 × done | 4 × registry-unreachable",
      "a login page": "1 × registry-invalid | 1 × registry-invalid",
      "a redirect to a file": "1 × registry-untrusted | 1 × registry-untrusted",
      "a redirect to itself": "2 × done | 6 × registry-unreachable",
      "a redirect to nowhere": "1 × registry-unreachable | 1 × registry-unreachable",
      "an empty body": "1 × registry-invalid | 1 × registry-invalid",
      "an unknown encoding": "1 × registry-invalid | 1 × registry-invalid",
      "compressed unasked": "1 × done | 1 × done",
      "cut before its first byte": "2 × done | 4 × registry-unreachable",
      "cut in the middle": "2 × done | 4 × registry-unreachable",
      "drips slowly": "2 × done | 4 × registry-unreachable",
      "headers without end": "1 × registry-unreachable | 1 × registry-unreachable",
      "length beyond all bounds": "1 × registry-invalid | 1 × registry-invalid",
      "length too small": "1 × registry-invalid | 1 × registry-invalid",
      "more than there should be": "1 × registry-invalid | 1 × registry-invalid",
      "no HTTP": "1 × registry-unreachable | 1 × registry-unreachable",
      "no headers": "2 × done | 4 × registry-unreachable",
      "other bytes": "1 × registry-invalid | 1 × registry-invalid",
      "reset before any answer": "2 × done | 4 × registry-unreachable",
      "reset in the middle": "2 × done | 4 × registry-unreachable",
      "said to be compressed": "2 × done | 4 × registry-unreachable",
      "shorter, without a length": "1 × registry-invalid | 1 × registry-invalid",
      "stalls in the middle": "2 × done | 4 × registry-unreachable",
    }
  `);
});

test('a fault with a document, the first time | every time', async () => {
  expect(await table('document')).toMatchInlineSnapshot(`
    {
      "204": "1 × registry-unreachable | 1 × registry-unreachable",
      "206, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "304, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "401": "1 × registry-denied | 1 × registry-denied",
      "403": "1 × registry-denied | 1 × registry-denied",
      "404": "1 × registry-damaged | 1 × registry-damaged",
      "410": "1 × registry-damaged | 1 × registry-damaged",
      "416, though no part was asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for an hour": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for no time": "2 × done | 4 × registry-unreachable",
      "429 until a date that is past": "2 × done | 4 × registry-unreachable",
      "429 until next century": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 until nobody knows when": "2 × done | 4 × registry-unreachable",
      "429 without a time": "2 × done | 4 × registry-unreachable",
      "500": "2 × done | 4 × registry-unreachable",
      "501": "1 × registry-unreachable | 1 × registry-unreachable",
      "503": "2 × done | 4 × registry-unreachable",
      "503 with a web page": "2 × done | 4 × registry-unreachable",
      "a login page": "2 × done | 2 × registry-invalid",
      "a redirect to a file": "1 × registry-untrusted | 1 × registry-untrusted",
      "a redirect to itself": "2 × done | 6 × registry-unreachable",
      "a redirect to nowhere": "1 × registry-unreachable | 1 × registry-unreachable",
      "an empty body": "2 × done | 2 × registry-damaged",
      "an unknown encoding": "1 × registry-invalid | 1 × registry-invalid",
      "compressed unasked": "1 × done | 1 × done",
      "cut before its first byte": "2 × done | 4 × registry-unreachable",
      "cut in the middle": "2 × done | 4 × registry-unreachable",
      "drips slowly": "2 × done | 4 × registry-unreachable",
      "headers without end": "1 × registry-unreachable | 1 × registry-unreachable",
      "length beyond all bounds": "1 × registry-invalid | 1 × registry-invalid",
      "length too small": "2 × done | 2 × registry-damaged",
      "more than there should be": "2 × done | 2 × registry-damaged",
      "no HTTP": "1 × registry-unreachable | 1 × registry-unreachable",
      "no headers": "2 × done | 4 × registry-unreachable",
      "other bytes": "2 × done | 2 × registry-damaged",
      "reset before any answer": "2 × done | 4 × registry-unreachable",
      "reset in the middle": "2 × done | 4 × registry-unreachable",
      "said to be compressed": "2 × done | 4 × registry-unreachable",
      "shorter, without a length": "2 × done | 2 × registry-damaged",
      "stalls in the middle": "2 × done | 4 × registry-unreachable",
    }
  `);
});

test('a fault with an archive, the first time | every time', async () => {
  expect(await table('artifact')).toMatchInlineSnapshot(`
    {
      "204": "1 × registry-unreachable | 1 × registry-unreachable",
      "206, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "304, which was not asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "401": "1 × registry-denied | 1 × registry-denied",
      "403": "1 × registry-denied | 1 × registry-denied",
      "404": "1 × registry-damaged | 1 × registry-damaged",
      "410": "1 × registry-damaged | 1 × registry-damaged",
      "416, though no part was asked for": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for an hour": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 for no time": "2 × done | 4 × registry-unreachable",
      "429 until a date that is past": "2 × done | 4 × registry-unreachable",
      "429 until next century": "1 × registry-unreachable | 1 × registry-unreachable",
      "429 until nobody knows when": "2 × done | 4 × registry-unreachable",
      "429 without a time": "2 × done | 4 × registry-unreachable",
      "500": "2 × done | 4 × registry-unreachable",
      "501": "1 × registry-unreachable | 1 × registry-unreachable",
      "503": "2 × done | 4 × registry-unreachable",
      "503 with a web page": "2 × done | 4 × registry-unreachable",
      "a login page": "2 × done | 2 × registry-invalid",
      "a redirect to a file": "1 × registry-untrusted | 1 × registry-untrusted",
      "a redirect to itself": "2 × done | 6 × registry-unreachable",
      "a redirect to nowhere": "1 × registry-unreachable | 1 × registry-unreachable",
      "an empty body": "2 × done | 2 × registry-damaged",
      "an unknown encoding": "1 × registry-invalid | 1 × registry-invalid",
      "compressed unasked": "1 × done | 1 × done",
      "cut before its first byte": "2 × done | 4 × registry-unreachable",
      "cut in the middle": "2 × done | 4 × registry-unreachable",
      "drips slowly": "2 × done | 4 × registry-unreachable",
      "headers without end": "1 × registry-unreachable | 1 × registry-unreachable",
      "length beyond all bounds": "1 × registry-damaged | 1 × registry-damaged",
      "length too small": "2 × done | 2 × registry-damaged",
      "more than there should be": "1 × registry-damaged | 1 × registry-damaged",
      "no HTTP": "1 × registry-unreachable | 1 × registry-unreachable",
      "no headers": "2 × done | 4 × registry-unreachable",
      "other bytes": "1 × registry-damaged | 1 × registry-damaged",
      "reset before any answer": "2 × done | 4 × registry-unreachable",
      "reset in the middle": "2 × done | 4 × registry-unreachable",
      "said to be compressed": "1 × registry-damaged | 1 × registry-damaged",
      "shorter, without a length": "2 × done | 2 × registry-damaged",
      "stalls in the middle": "2 × done | 4 × registry-unreachable",
    }
  `);
});
