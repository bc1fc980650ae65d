import { expect, test } from 'vitest';

import { linesText, piece } from '../../../src/client/view/pieces.ts';
import { table } from '../../../src/client/view/table.ts';

const columns = [
  { title: 'name' },
  { title: 'size', align: 'right' },
  { title: 'text', least: 6 },
  { title: 'more', least: 5 },
] as const;
const rows = [
  [[piece('nginx')], [piece('12 KiB')], [piece('serves what it is asked for')], [piece('2026-07-01')]],
  [[piece('日本')], [piece('3 KiB')], [piece('short')], []],
];

function textIn(width?: number): string {
  return linesText(table(columns, rows, width), (_style, text) => text);
}

test('columns are as wide as they need to be', () => {
  expect(textIn()).toMatchInlineSnapshot(`
    "NAME     SIZE  TEXT                         MORE
    nginx  12 KiB  serves what it is asked for  2026-07-01
    日本    3 KiB  short
    "
  `);
});

test('the widest is cut first', () => {
  expect(textIn(40)).toMatchInlineSnapshot(`
    "NAME     SIZE  TEXT           MORE
    nginx  12 KiB  serves what …  2026-07-01
    日本    3 KiB  short
    "
  `);
});

test('the last that can be cut goes where nothing else helps', () => {
  expect(textIn(24)).toMatchInlineSnapshot(`
    "NAME     SIZE  TEXT
    nginx  12 KiB  serves w…
    日本    3 KiB  short
    "
  `);
});

test('one that stays outlives those before it', () => {
  const staying = columns.map((column) => (column.title === 'more' ? { ...column, stays: true as const } : column));
  const shown = linesText(table(staying, rows, 24), (_style, text) => text);
  expect(shown).toMatchInlineSnapshot(`
    "NAME     SIZE  MORE
    nginx  12 KiB  2026-07-…
    日本    3 KiB
    "
  `);
});

test('what must not be cut is not', () => {
  expect(textIn(5)).toMatchInlineSnapshot(`
    "NAME     SIZE
    nginx  12 KiB
    日本    3 KiB
    "
  `);
});
