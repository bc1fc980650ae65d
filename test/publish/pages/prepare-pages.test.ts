import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { preparePages } from '../../../src/publish/pages/prepare-pages.ts';
import { builtCommits } from '../../helpers/published-commits.ts';
import { brokenLinks, treeOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

async function built(): Promise<string> {
  return (await builtCommits(1)).folders[0] ?? '';
}

test('the tree as it is, readable by everybody, with .nojekyll', async () => {
  requirePosix('modes');
  const from = await built();
  writeFileSync(join(from, 'about.html'), 'mine');
  chmodSync(join(from, 'about.html'), 0o600);
  mkdirSync(join(from, '.git'));
  writeFileSync(join(from, '.git', 'config'), 'not for readers');
  const to = join(await scratch(), 'deep', 'site');
  const umask = process.umask(0o077);
  const plan = await preparePages({ from, to }).finally(() => process.umask(umask));
  expect(plan).toMatchObject({ others: ['about.html'], added: ['.nojekyll'] });
  expect(brokenLinks(to)).toEqual([]);
  const tree = treeOf(to);
  expect(Object.keys(tree)).not.toContain('.git');
  expect(readFileSync(join(to, 'about.html'), 'utf8')).toBe('mine');
  expect(readFileSync(join(to, '.nojekyll'), 'utf8')).toBe('');
  for (const what of Object.values(tree)) expect(what).toMatch(/^(?:0755 folder|0644 [0-9a-f]{64})$/u);
});

test('a plan alone writes nothing', async () => {
  const to = join(await scratch(), 'site');
  const plan = await preparePages({ from: await built(), to, dryRun: true });
  expect(plan.entries.map(({ path }) => path)).toContain('index.json');
  expect(plan.bytes).toBe(plan.entries.reduce((sum, { size }) => sum + size, 0));
  expect(existsSync(to)).toBe(false);
});

test('what is larger than a site may be is refused before anything is written', async () => {
  const [from, to] = [await built(), join(await scratch(), 'site')];
  const failure = await failureOf(preparePages({ from, to, limit: 1000 }));
  expect(failure.code).toBe('site-too-large');
  expect(failure.message).toMatch(/ holds .*, and GitHub Pages takes 1000 bytes\.$/u);
  expect(existsSync(to)).toBe(false);
});

test('a link is refused', async () => {
  const from = await built();
  symlinkSync('/etc/passwd', join(from, 'secret.txt'));
  expect(await failureOf(preparePages({ from, to: join(await scratch(), 'site') }))).toEqual({
    code: 'usage',
    message: `"secret.txt" in ${from} is a symbolic link: GitHub Pages refuses it.`,
    hint: 'Put the file there that it leads to.',
  });
});

test('a name that not every host can serve is refused', async () => {
  const from = await built();
  writeFileSync(join(from, 'a:b.html'), '');
  expect((await failureOf(preparePages({ from, to: join(await scratch(), 'site') }))).message).toContain(
    '"a:b.html" cannot be a file of a site',
  );
});

test('a folder that holds something is not written to', async () => {
  const to = await scratch();
  writeFileSync(join(to, 'mine'), '');
  expect(await failureOf(preparePages({ from: await built(), to }))).toEqual({
    code: 'output-foreign',
    message: `${to} is not empty: what lies there would become part of the site.`,
    hint: 'Name an empty or a new folder; nothing in this one was touched.',
  });
});

test('a folder without a registry, and a damaged one', async () => {
  const to = join(await scratch(), 'site');
  expect(await failureOf(preparePages({ from: await scratch(), to }))).toMatchObject({ code: 'registry-not-found' });
  const from = await built();
  writeFileSync(join(from, 'search.json'), '{}');
  expect((await failureOf(preparePages({ from, to }))).code).toBe('registry-damaged');
});

test('a file where the folder is to be is told', async () => {
  const to = join(await scratch(), 'site');
  writeFileSync(to, '');
  expect(await failureOf(preparePages({ from: await built(), to }))).toMatchObject({ code: 'output-unwritable' });
});
