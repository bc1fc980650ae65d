import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { PROJECT, projectDocuments } from '../helpers/project-documents.ts';
import { pageLinks } from './page-links.ts';

const DOCUMENTS = projectDocuments();
const PAGES = new Map(DOCUMENTS.map((path) => [path, pageLinks(readFileSync(join(PROJECT, path), 'utf8'))]));

/** Why a link leads nowhere, or undefined. Links to other sites are not followed. */
function broken(from: string, link: string): string | undefined {
  if (/^[a-z]+:/u.test(link)) return undefined;
  const [path = '', anchor] = decodeURIComponent(link).split('#', 2);
  const target = path === '' ? from : posix.join(posix.dirname(from), path);
  if (target.startsWith('..') || !existsSync(join(PROJECT, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined) return undefined;
  return PAGES.get(target)?.anchors.has(anchor) === true ? undefined : `${link}: ${target} has no heading #${anchor}`;
}

describe('what a page leads to is there', () => {
  it.each(DOCUMENTS)('%s', (path) => {
    expect((PAGES.get(path)?.links ?? []).flatMap((link) => broken(path, link) ?? [])).toEqual([]);
  });
});

it('pages that are named by their path are there', () => {
  const named = [...PAGES].flatMap(([from, { code }]) =>
    code.filter((text) => /^docs\/[\w./-]+\.md$/u.test(text)).map((path) => ({ from, path })),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ path }) => !existsSync(join(PROJECT, path)))).toEqual([]);
});

it('files of the code that CONTRIBUTING names are there', () => {
  const rooms = 'build|check|cli|client|contribute|model|pack|publish|push|remote|repo|chart|new|doctor';
  const paths = (PAGES.get('CONTRIBUTING.md')?.code ?? []).filter((text) =>
    new RegExp(`^(?:src/)?(?:${rooms})/[\\w./-]*$`, 'u').test(text),
  );
  expect(paths.length).toBeGreaterThan(50);
  const places = ['src', 'src/contribute', 'src/contribute/chart', 'src/publish'].map((each) => join(PROJECT, each));
  const isThere = (path: string): boolean =>
    places.some((place) => ['', '.ts'].some((end) => existsSync(join(place, path.replace(/^src\//u, '') + end))));
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

it('every page of docs/ can be reached from its index', () => {
  const reached = new Set(['docs/README.md']);
  for (const page of reached) {
    for (const link of PAGES.get(page)?.links ?? []) {
      const target = posix.join(posix.dirname(page), link.split('#')[0] ?? '');
      if (PAGES.has(target)) reached.add(target);
    }
  }
  expect(DOCUMENTS.filter((path) => path.startsWith('docs/') && !reached.has(path))).toEqual([]);
});

it('a link that leads nowhere is found', () => {
  expect(broken('docs/README.md', 'nowhere.md')).toBe('nowhere.md: there is no docs/nowhere.md');
  expect(broken('docs/README.md', '../../outside')).toBe('../../outside: there is no ../outside');
  expect(broken('docs/README.md', '#nowhere')).toBe('#nowhere: docs/README.md has no heading #nowhere');
  expect(broken('docs/README.md', '../README.md#licence')).toBeUndefined();
});

it('headings are named as GitHub names them', () => {
  const { anchors } = pageLinks('# A `packyard.json`, and more\n\n## Twice\n\n## Twice\n\n## Grüße -- _you_\n');
  expect([...anchors]).toEqual(['a-packyardjson-and-more', 'twice', 'twice-1', 'grüße----you']);
});
