import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { preparePages } from '../../src/publish/pages/prepare-pages.ts';
import { requireApart } from '../../src/publish/require-apart.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo } from './publish-to.ts';

test('what is published does not lie in what was built, nor the other way round', async () => {
  const from = (await builtCommits(1)).folders[0] ?? '';
  const inside = join(from, 'packs', 'site');
  const before = readdirSync(from);
  const refusal = {
    code: 'usage',
    message: `${inside} lies in ${from}: one of them is what was built, the other where it is published to.`,
    hint: 'Name a folder beside it. Nothing was changed.',
  };
  expect(await failureOf(publishTo(inside, from))).toEqual(refusal);
  expect(await failureOf(preparePages({ from, to: inside }))).toEqual(refusal);
  expect(readdirSync(from)).toEqual(before);
  expect(() => requireApart(join(from, 'public'), from)).toThrow(`${join(from, 'public')} lies in ${from}`);
});

test('folders beside each other, or the same one, are no harm; links are followed', async () => {
  const folder = await scratch();
  mkdirSync(join(folder, 'public'));
  symlinkSync('public', join(folder, 'link'));
  const [built, link] = [join(folder, 'public'), join(folder, 'link')];
  for (const target of [built, link, join(folder, '..public'), join(folder, 'public-2'), join(folder, 'site/new')]) {
    expect(() => requireApart(built, target)).not.toThrow();
  }
  expect(() => requireApart(built, join(link, 'site'))).toThrow('lies in');
});
