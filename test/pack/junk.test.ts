import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { junkFilter } from '../../src/pack/junk.ts';

function kept(paths: readonly string[], packignore?: string): string[] {
  const isJunk = junkFilter(packignore);
  return paths.filter((path) => !isJunk(path));
}

test.each([
  '.DS_Store',
  'charts/.DS_Store',
  'charts/._demo.tgz',
  '__MACOSX/charts/demo.tgz',
  'Thumbs.db',
  'values.yaml.orig',
  'values.yaml~',
  '#values.yaml#',
  '.#values.yaml',
  'manifests/.a.yaml.swp',
  'old.bak',
  '.idea/workspace.xml',
  '.packignore',
])('%s is junk', (path) => {
  expect(junkFilter()(path)).toBe(true);
});

test.each([
  'pack.json',
  'charts/demo.tgz',
  '.helmignore',
  'orig',
  'tmp/a.yaml',
  'charts/demo/.packignore',
  'thumbs.DB',
  '.git-config',
])('%s is not', (path) => {
  expect(junkFilter()(path)).toBe(false);
});

describe('.packignore', () => {
  const paths = [
    'README.md',
    'docs/README.md',
    'docs/deep/a.txt',
    'docs/b.txt',
    'charts/a.tgz',
    'charts/b.tgz',
    '!odd',
  ];

  test.each([
    ['a name, at any depth', 'README.md', ['docs/deep/a.txt', 'docs/b.txt', 'charts/a.tgz', 'charts/b.tgz', '!odd']],
    ['a name at the root', '/README.md', paths.slice(1)],
    ['a directory', 'docs/', ['README.md', 'charts/a.tgz', 'charts/b.tgz', '!odd']],
    ['a pattern', 'docs/*.txt', paths.filter((path) => path !== 'docs/b.txt')],
    ['a pattern over directories', 'docs/**/*.txt', paths.filter((path) => !path.endsWith('.txt'))],
    ['negation', '*.tgz\n!charts/b.tgz', paths.filter((path) => path !== 'charts/a.tgz')],
    [
      'negation below a directory that is left out',
      'docs/\n!docs/b.txt',
      paths.filter((path) => !path.startsWith('docs/')),
    ],
    ['comments, blank lines and Windows line ends', '# README.md\r\n\r\n/README.md\r\n', paths.slice(1)],
    ['an escaped mark', '\\!odd', paths.slice(0, -1)],
    ['case counts', 'readme.md', paths],
    ['nothing', '', paths],
  ])('%s', (_, packignore, wanted) => {
    expect(kept(paths, packignore)).toEqual(wanted);
  });

  test('can bring junk back', () => {
    expect(kept(['a.orig', 'b.orig'], '!a.orig')).toEqual(['a.orig']);
  });

  test('any text and any path give an answer', () => {
    const pattern = fc.string({
      unit: fc.constantFrom('a', '/', '*', '?', '[', ']', '!', '\\', '-', '#', ' ', '\n', '.', '^'),
    });
    const path = fc.string({ unit: fc.constantFrom('a', '/', '.', '-', '\\', '\n'), maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(pattern, fc.string({ unit: 'binary' })), path, (packignore, name) => {
        expect(typeof junkFilter(packignore)(name)).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });
});

test('a path that leads elsewhere is not called junk, so that it is reported', () => {
  expect(junkFilter('*')('../values.yaml')).toBe(false);
});

test('work that is used up leaves nothing more out', () => {
  const work = { left: 3 };
  expect(['a.orig', 'b.orig'].filter(junkFilter('*x', work))).toEqual([]);
  expect(work.left).toBeLessThan(0);
});

test('twenty thousand paths take little work', () => {
  const paths = Array.from(
    { length: 20_000 },
    (_, index) => `charts/demo/${index % 100}/templates/deployment-${index}.yaml`,
  );
  const work = { left: 5_000_000 };
  expect(paths.filter(junkFilter('', work))).toEqual([]);
  expect(work.left).toBeGreaterThan(0);
});
