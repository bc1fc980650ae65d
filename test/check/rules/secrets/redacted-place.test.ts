import { expect, test } from 'vitest';

import { redactedPlace } from '../../../../src/check/rules/secrets/redacted-place.ts';

test('the secret is as many asterisks as it has characters', () => {
  expect(redactedPlace('a: b\ntoken: secret # why\n', { start: 12, end: 18 }, [{ start: 12, end: 18 }])).toEqual({
    line: 2,
    column: 8,
    endColumn: 14,
    source: 'token: ****** # why',
  });
});

test('others on the same line are not shown either, and those on other lines change nothing', () => {
  const secrets = [
    { start: 0, end: 3 },
    { start: 4, end: 7 },
    { start: 8, end: 11 },
    { start: 12, end: 15 },
  ];
  expect(redactedPlace('one\ntwo and\nfour', { start: 4, end: 7 }, secrets).source).toBe('*** ***');
});

test('a secret over several lines, which starts before or goes on behind the line', () => {
  const text = 'key: "abc\ndef\nghi"';
  expect(redactedPlace(text, { start: 0, end: 17 }, [{ start: 6, end: 17 }])).toEqual({
    line: 1,
    column: 1,
    endColumn: 10,
    source: 'key: "***',
  });
  expect(redactedPlace(text, { start: 10, end: 12 }, [{ start: 6, end: 17 }]).source).toBe('***');
});

test('what is cut off is not there to be hidden', () => {
  const text = `${'x'.repeat(200)}secret`;
  expect(redactedPlace(text, { start: 200, end: 206 }, [{ start: 200, end: 206 }]).source).toBe('x'.repeat(160));
  expect(redactedPlace(text, { start: 0, end: 1 }, [{ start: 150, end: 206 }]).source).toBe(
    `${'x'.repeat(150)}${'*'.repeat(10)}`,
  );
});
