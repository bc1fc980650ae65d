import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { comparedOutput } from '../../helpers/tutorial/same-output.ts';

const same = (guide: string, printed: string): boolean =>
  comparedOutput(guide.split('\n'), printed.split('\n'), new Map()).same;

it.each([
  ['a\nb', 'a\nb'],
  ['a  ', 'a'],
  ['…', 'a\nb'],
  ['a\n…\nc', 'a\nc'],
  ['a\n…\nc', 'a\nb\nc\nb\nc'],
  ['a … c', 'a b c'],
  ['built in 0.34 s, 12 KiB', 'built in 12.00 s, 1.5 MiB'],
  ['at 2026-07-01T16:53:28Z', 'at 2024-01-01T00:00:00.123Z'],
  ['on 2026-07-01', 'on 2024-01-01'],
  ['NAME      SIZE  TAGS\na      1.2 KiB  latest', 'NAME   SIZE  TAGS\na     1 KiB  latest'],
  ['commit 5d6e8bfd242f twice 5d6e8bfd242f', 'commit 0123456789ab twice 0123456789ab'],
])('%j shows %j', (guide, printed) => {
  expect(same(guide, printed)).toBe(true);
});

it.each([
  ['a', 'b'],
  ['a', 'a\nb'],
  ['a\nb', 'a'],
  ['a\n…\nc', 'a\nb'],
  ['a … c', 'a c'],
  ['a…a', 'a'],
  ['3 files', '4 files'],
  ['  below', '    below'],
  ['commit 5d6e8bfd242f', 'commit 5d6e8bfd242'],
  ['commit 5d6e8bfd242f twice 5d6e8bfd242f', 'commit 0123456789ab twice 1123456789ab'],
])('%j does not show %j', (guide, printed) => {
  expect(same(guide, printed)).toBe(false);
});

it('wants the same hash wherever the guide has the same', () => {
  const seen = new Map<string, string>();
  expect(comparedOutput(['tree 5d6e8bfd'], ['tree 00000001'], seen).same).toBe(true);
  expect(comparedOutput(['tree 5d6e8bfd'], ['tree 00000002'], seen)).toMatchObject({
    same: false,
    difference: '- tree 5d6e8bfd\n+ tree 00000002',
  });
});

it('shows both sides line by line, and what would have to be changed', () => {
  const guide = ['one', 'two', 'in 3 s', '…', 'end'];
  expect(comparedOutput(guide, ['one', '2', 'in 4 s', 'a', 'b', 'end', 'more'], new Map())).toEqual({
    same: false,
    difference: ['  one', '- two', '+ 2', '  in 3 s', '  …', '  end', '+ more'].join('\n'),
    shown: ['one', '2', 'in 3 s', '…', 'end', 'more'],
  });
});

it('a guide that is changed as proposed shows what was printed', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '…', 'a … c', 'in 3 s'), { maxLength: 8 });
  const printed = fc.array(fc.constantFrom('a', 'b', 'c', 'a b c', 'in 4 s'), { maxLength: 8 });
  fc.assert(
    fc.property(lines, printed, (guide, there) => {
      const { same: before, shown } = comparedOutput(guide, there, new Map());
      expect(comparedOutput(shown, there, new Map()).same).toBe(true);
      if (before) expect(shown).toEqual(guide);
    }),
  );
});

it('takes any text for itself, and no other for it', () => {
  const line = fc.string().map((text) => text.replaceAll(/[…\n]/gu, '').trimEnd());
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.nat(), (lines, at) => {
      const changed = lines.map((text, index) => (index === at % lines.length ? `${text}!` : text));
      expect(same(lines.join('\n'), lines.join('\n'))).toBe(true);
      expect(same(lines.join('\n'), changed.join('\n'))).toBe(false);
    }),
  );
});
