import { expect, test } from 'vitest';

import { decoded, decodedJson } from '../../../../src/check/rules/secrets/decoded.ts';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

test.each(['user:password', 'ünïcode', '{"a":1}\n'])('%j comes back', (text) => {
  expect(decoded(base64(text))).toBe(text);
});

test.each(['', 'no base64!', 'a b', base64('\u0000\u0001'), Buffer.from('fffe', 'hex').toString('base64')])(
  '%j is no text in base64',
  (value) => {
    expect(decoded(value)).toBeUndefined();
  },
);

test('JSON in base64 of either alphabet', () => {
  expect(decodedJson(base64('{"a":[1]}'))).toEqual({ a: [1] });
  expect(decodedJson(Buffer.from('{"a":"???>>>"}').toString('base64url'))).toEqual({ a: '???>>>' });
  expect(decodedJson(base64('{"a":'))).toBeUndefined();
  expect(decodedJson('!')).toBeUndefined();
});
