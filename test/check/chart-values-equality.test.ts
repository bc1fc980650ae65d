import { expect, test } from 'vitest';

import { isSameValues } from '../../src/check/chart-values-equality.ts';

const SUBCHARTS: ReadonlySet<string> = new Set(['sub']);

test.each<[unknown, unknown]>([
  [
    { a: 1, b: [{ c: null }] },
    { b: [{ c: null }], a: 1 },
  ],
  [
    { a: true, b: [false] },
    { a: 'On', b: ['no'] },
  ],
  [{ sub: { image: 'x', db: { user: 'me', name: 'n' } } }, { sub: { db: { name: 'n' } } }],
  [{ sub: { a: 1 } }, {}],
  [null, null],
])('%j can be made of %j', (packed, unpacked) => {
  expect(isSameValues(packed, unpacked, SUBCHARTS)).toBe(true);
});

test.each<[unknown, unknown]>([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, {}],
  [{}, { a: 1 }],
  [{ a: 'On' }, { a: true }],
  [{ a: true }, { a: 'off' }],
  [{ a: { b: 1 } }, { a: {} }],
  [{ sub: {} }, { sub: { a: 1 } }],
  [{ sub: { a: [{ b: 1 }] } }, { sub: { a: [{}] } }],
  [{ a: [] }, { a: {} }],
  [{ a: null }, { a: {} }],
  [null, {}],
])('%j cannot be made of %j', (packed, unpacked) => {
  expect(isSameValues(packed, unpacked, SUBCHARTS)).toBe(false);
});

test('keys that every object has are keys like others', () => {
  const proto = JSON.parse('{"__proto__": {"a": 1}, "toString": 1}') as unknown;
  expect(isSameValues(proto, {}, SUBCHARTS)).toBe(false);
  expect(isSameValues({}, proto, SUBCHARTS)).toBe(false);
  expect(isSameValues(proto, proto, SUBCHARTS)).toBe(true);
});
