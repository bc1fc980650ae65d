import { expect, test } from 'vitest';

import { changesBetween, withFile, withoutFile, withText, type Draft } from '../../../src/check/fix/file-changes.ts';

const file = (path: string, text: string, executable = false) => ({ path, executable, data: Buffer.from(text) });
const DRAFT: Draft = {
  files: new Map([file('a', 'one'), file('b', 'two', true)].map((each) => [each.path, each])),
  junk: ['x.orig'],
};

test('nothing is to be done for a draft that is the same', () => {
  expect(changesBetween(DRAFT, withFile(DRAFT, file('a', 'one')))).toEqual([]);
});

test('what is new, other, no longer executable or gone is to be done, by path', () => {
  let draft = withFile(DRAFT, file('new', '1'));
  draft = withFile(draft, file('b', 'two'));
  draft = withText(draft, 'a', (text) => `${text}!`);
  draft = withoutFile(draft, 'x.orig');
  expect(changesBetween(DRAFT, draft)).toEqual([
    { path: 'a', kind: 'write', data: Buffer.from('one!'), executable: false, before: Buffer.from('one') },
    { path: 'b', kind: 'mode', executable: false },
    { path: 'new', kind: 'write', data: Buffer.from('1'), executable: false },
    { path: 'x.orig', kind: 'remove', executable: false },
  ]);
});

test('a text that does not change, or is not there, leaves the draft as it is', () => {
  expect(withText(DRAFT, 'a', (text) => text)).toBe(DRAFT);
  expect(withText(DRAFT, 'nowhere', () => 'x')).toBe(DRAFT);
});
