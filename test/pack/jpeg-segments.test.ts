import { expect, test } from 'vitest';

import { jpegSegments } from '../../src/pack/jpeg-segments.ts';

function segments(hex: string): [marker: number, start: number, end: number][] {
  return [...jpegSegments(Buffer.from(hex, 'hex'))].map(({ marker, start, end }) => [marker, start, end]);
}

test('segments up to the first scan, in their order', () => {
  expect(segments('ffd8ffe00004aaaaffdb0003bbffda0002ffe00002')).toEqual([
    [0xe0, 6, 8],
    [0xdb, 12, 13],
    [0xda, 17, 17],
  ]);
});

test('fill bytes and markers that stand alone are passed over', () => {
  expect(segments('ffd8ffffffe00002ffd0ff01ffda0002')).toEqual([
    [0xe0, 8, 8],
    [0xda, 16, 16],
  ]);
});

test.each(['', 'ffd8', 'ffd8ff', 'ffd8ffd90000', 'ffd8ffe00001aa', 'ffd800000000'])('%j has none', (hex) => {
  expect(segments(hex)).toEqual([]);
});

test('a segment may lead behind the end', () => {
  expect(segments('ffd8ffe0ffff')).toEqual([[0xe0, 6, 65_539]]);
});
