import { spawnSync } from 'node:child_process';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Work } from '../../src/pack/greedy-match.ts';
import { ignoreFilter, parseIgnoreRules } from '../../src/pack/ignore-rules.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';

function ignored(rules: string, paths: readonly string[], work: Work = { left: Number.POSITIVE_INFINITY }): string[] {
  return paths.filter(ignoreFilter([parseIgnoreRules(rules)], work));
}

/** What Git leaves out by the same rules. */
function ignoredByGit(repository: TestRepository, rules: string, paths: readonly string[]): string[] {
  repository.write({ '.gitignore': rules });
  const { stdout, status, stderr } = spawnSync('git', ['check-ignore', '--no-index', '-z', '-v', '-n', '--stdin'], {
    cwd: repository.path,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    input: paths.map((path) => `${path}\0`).join(''),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  // Source, line, pattern, path, again and again; where nothing matches all but the path are empty.
  const fields = stdout.split('\0');
  return paths.filter((path, index) => {
    expect(fields[index * 4 + 3]).toBe(path);
    const source = fields[index * 4];
    return source !== '' && fields[index * 4 + 2]?.startsWith('!') === false;
  });
}

const NAMES = [
  'a',
  'b',
  'ab',
  'ba',
  'aab',
  'b-a',
  'a]',
  '[a',
  '*',
  'a*',
  '!a',
  '#a',
  ' a',
  'a ',
  'A',
  '\\',
  'é',
  '^',
  '0',
  'a.b',
];

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'ab', 'aab') },
  { weight: 2, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.stringMatching(/^[ab0\-\]é]{1,6}$/u) },
);
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', '*', '/', '?', 'ab') },
  { weight: 3, arbitrary: fc.constantFrom('**', '**/', '/**', '/**/', '/*/') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '[ab]',
      '[!a]',
      '[^b]',
      '[a-b]',
      '[]a]',
      '[!]]',
      '[a-]',
      '[b-a]',
      '[[:alpha:]]',
      '[\\]-a]',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('\\*', '\\[', '\\a', '\\\\', '\\ ', 'é', '[é]', '***', '!', '#', 'A') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[', ']', '-', '^', '\\', ' ', '[:', ':]', '[[:', '[a/b]', '[[:foo:]]', '[[:x]'),
  },
);
const line = fc.tuple(
  fc.constantFrom('', '', '', '', '/', '!', '!/', '**/', '#', '\\!', '\\#'),
  fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.constantFrom('', '', '', '/', '/**', ' ', '  ', '\\ ', '\r', '/\r', '\t'),
);
const lines = fc.array(
  line.map((parts) => parts.join('')).filter((text) => !isQuirk(text)),
  { minLength: 1, maxLength: 5 },
);

// Two places where old Git departs from its own documentation: `**` glued to a plain beginning (`a**/b`, mended in Git
// 2.53) reaches over directories, and an escaped slash behind `**` wants a directory there.
function isQuirk(text: string): boolean {
  return /^!?[^*?[\\]*[^*?[\\/]\*\*.*\/|^!?[^*?[\\]*\/[^*?[\\]*[^*?[\\/]\*\*|\*\*\\\//u.test(text);
}

describe('the same as git check-ignore', () => {
  test('for any rules and paths', async () => {
    const repository = await gitRepository();
    let left = 0;
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('\n', '\r\n'),
        fc.array(path, { minLength: 60, maxLength: 60 }),
        (all, end, paths) => {
          const rules = all.join(end);
          const wanted = ignoredByGit(repository, rules, paths);
          left += wanted.length;
          expect(ignored(rules, paths)).toEqual(wanted);
        },
      ),
      { numRuns: 400 },
    );
    expect(left).toBeGreaterThan(1000);
  });
});

describe('the syntax', () => {
  test.each([
    ['a comment', '#a\n\\#a', ['#a', 'a'], ['#a']],
    ['a byte order mark', '\uFEFFa', ['a', '\uFEFFa'], ['a']],
    ['a name at any depth', 'a', ['a', 'x/a', 'a/x', 'ab'], ['a', 'x/a', 'a/x']],
    ['a name at the root', '/a', ['a', 'x/a'], ['a']],
    ['a path, from the root', 'x/a', ['x/a', 'y/x/a'], ['x/a']],
    ['a directory only', 'a/', ['a', 'a/x', 'y/a/x'], ['a/x', 'y/a/x']],
    ['a star stays in its directory', 'x/*.md', ['x/a.md', 'x/y/a.md', 'x/.md'], ['x/a.md', 'x/.md']],
    ['directories in front', '**/x/a', ['x/a', 'y/z/x/a', 'x/y/a'], ['x/a', 'y/z/x/a']],
    ['directories between', 'x/**/a', ['x/a', 'x/y/z/a', 'xy/a'], ['x/a', 'x/y/z/a']],
    ['everything inside', 'x/**', ['x', 'x/a', 'x/y/a'], ['x/a', 'x/y/a']],
    ['the last rule that matches', '*.md\n!a.md\nx/a.md', ['a.md', 'b.md', 'x/a.md'], ['b.md', 'x/a.md']],
    ['nothing comes back from below', 'x/\n!x/a', ['x/a'], ['x/a']],
    ['but from a directory that stays', 'x/*\n!x/a', ['x/a', 'x/b'], ['x/b']],
    ['classes', '[a-c][!0-9][^x]', ['bax', 'bay', 'b1y', 'day'], ['bay']],
    ['escapes', '\\*\n\\!a\na\\ \nb  ', ['*', '!a', 'a ', 'b', 'x'], ['*', '!a', 'a ', 'b']],
    ['what can match nothing', '[a\n\\\n/\n!\n//\n[[:none:]]\na//b\n\r', ['[a', '\\', '/', 'a', 'b', 'a/b'], []],
    ['up to a NUL', 'a\0b', ['a', 'a\0b'], ['a']],
    ['bytes, as Git has it', '?\nx??', ['é', 'xé', 'a'], ['xé', 'a']],
    ['case counts', 'a', ['A'], []],
  ])('%s', (_, rules, paths, wanted) => {
    expect(ignored(rules, paths)).toEqual(wanted);
  });

  test('a path that leads elsewhere is not left out', () => {
    expect(ignored('*', ['', '/a', '../a', 'a/./b', 'a//b', 'a'])).toEqual(['a']);
  });

  test('later sets of rules win', () => {
    const filter = ignoreFilter([parseIgnoreRules('a\nb'), parseIgnoreRules('!a\nc')], { left: 1000 });
    expect(['a', 'b', 'c', 'd'].filter(filter)).toEqual(['b', 'c']);
  });
});

describe('made to be slow', () => {
  const deep = Array.from({ length: 200 }, () => 'aaaaaaaa').join('/');

  test.each([
    ['stars in a name', `${'*a'.repeat(100)}b`, ['a'.repeat(4000)]],
    ['stars in a path', `${'a*/'.repeat(100)}b`, [deep]],
    ['directories and stars', 'a**/**/**/**/**/*a*a*a*b', [deep]],
    ['directories only', `${'**/a*/'.repeat(100)}b`, [deep]],
    ['directories and names', `${'**/*a*/'.repeat(50)}**/*b`, [deep]],
    ['classes', `${'*[!b]'.repeat(100)}b`, ['a'.repeat(4000)]],
    ['backslashes and spaces', `${'\\ '.repeat(30_000)}${' '.repeat(30_000)}x`, ['a']],
    ['brackets', `${'[[:'.repeat(20_000)}`, ['a']],
  ])('%s', (_, rules, paths) => {
    expect(ignored(rules, paths)).toEqual([]);
  });

  test('many rules on many files stop when the work is used up', () => {
    const work = { left: 1_000_000 };
    const paths = Array.from({ length: 20_000 }, (_, index) => `${'a'.repeat(200)}${index}`);
    expect(ignored('*a*a*b\n'.repeat(9000), paths, work)).toEqual([]);
    expect(work.left).toBeLessThan(0);
  });
});
