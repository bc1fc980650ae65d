import { readdir, readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { messageOf } from '../../src/check/messages.ts';
import type { RuleId } from '../../src/model/rules.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import { CASES } from './message-cases.ts';

const ALL = Object.entries(CASES).flatMap(([rule, cases]) => cases.map((one) => ({ rule: rule as RuleId, ...one })));

test.each(ALL)('$rule: $text', ({ rule, args, text, hint }) => {
  expect(messageOf(findingOf(rule, 'pack.json', args))).toEqual({ text, hint });
});

test('every rule has a case', async () => {
  const folder = new URL('../../src/model/rules/', import.meta.url);
  const sources = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), 'utf8')));
  const rules = sources.flatMap((source) =>
    [...source.matchAll(/^ {2}'(?<rule>[a-z0-9-]+\/[a-z0-9-]+)':/gmu)].map((match) => match.groups?.['rule']),
  );
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.toSorted()).toEqual(Object.keys(CASES).toSorted());
});
