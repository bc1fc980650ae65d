import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { jsonDiff } from '../../../src/build/diff/json-diff.ts';
import { markdownDiff } from '../../../src/build/diff/markdown-diff.ts';
import type { RegistryDiff, ReleaseDiff } from '../../../src/build/diff/registry-diff.ts';
import { textDiff } from '../../../src/build/diff/text-diff.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';
import { HOSTILE, plain } from '../../check/reporters/reports.ts';

const GROWTH = { archives: 1024, copies: 0, logos: 0, documents: 0, total: 1024 };

/** A comparison of which everything that a pack can choose is this text. */
function hostileDiff(text: string, releases: number = 1): RegistryDiff {
  const one = { items: [text], more: 0 };
  const file = { items: [{ path: text, before: 1, after: 2 }], more: 0 };
  const place = { line: 7, column: 1, endColumn: 2, source: `x${text}` };
  const finding = {
    ...findingOf('chart/missing-file', `${text}/pack.json`, { path: text, suggestion: text }, { place }),
    pack: text,
    directory: text,
  };
  const status = { state: 'yanked', reason: text, at: text, replacement: text } as const;
  const dependency = {
    packName: text,
    layer: text as 'os',
    type: text as 'required',
    minVersion: text,
    maxVersion: text,
  };
  const release: ReleaseDiff = {
    change: 'added',
    name: text,
    version: text,
    directory: text,
    refusals: ['errors'],
    follows: text,
    size: { before: 1, after: 2 },
    files: { total: 1, added: file, removed: file, changed: file },
    images: { total: 1, added: one, removed: one },
    values: { items: [{ path: text, before: { text }, after: { text } }], more: 3 },
    charts: {
      items: [{ name: text, before: { version: text, appVersion: text }, after: { version: text, appVersion: text } }],
      more: 0,
    },
    dependencies: { items: [{ packName: text, before: dependency, after: dependency }], more: 0 },
    findings: [finding],
    known: 2,
  };
  const removed: ReleaseDiff = {
    change: 'removed',
    name: text,
    version: text,
    directory: text,
    refusals: [],
    findings: [],
    known: 0,
  };
  return {
    base: { commit: 'a'.repeat(40), dirty: false },
    head: { commit: 'b'.repeat(40), dirty: true },
    ok: false,
    releases: [...Array.from({ length: releases }, () => release), removed],
    statuses: [{ name: text, version: text, before: status, after: status }],
    findings: [finding],
    growth: GROWTH,
  };
}

// eslint-disable-next-line no-control-regex
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** What Markdown of ours consists of, besides text. */
const OWN =
  /<details><summary>|<\/summary>|<\/details>|<br>|\*\*(?:refused:|New findings|Files|Images|Values|Charts|Dependencies)\*\*|^\| (?:--- \| )*--- \|$|^### packyard diff$/gmu;

function expectPlain(text: string): void {
  const markdown = markdownDiff(hostileDiff(text));
  expect(markdown).not.toMatch(RAW);
  expect(markdown).not.toMatch(/@(?!&#8203;)|:\/\/|www\.|&#35;(?!&#8203;)|\p{Surrogate}/iu);
  const rest = markdown.replace(OWN, '').replace(/&#\d+;/gu, '');
  expect(rest).not.toMatch(/[#$&*<>[\\\]`~]/u);
  const lines = markdown.split('\n');
  const harmless = markdownDiff(hostileDiff('x')).split('\n');
  // Nothing begins a line of its own, and no table gets or loses a cell.
  expect(lines.map(shapeOf)).toEqual(harmless.map(shapeOf));
}

function shapeOf(line: string): string {
  if (line.startsWith('| ')) return `${line.split('|').length} cells`;
  return line.startsWith('In ') ? 'In' : line.replace(/<summary>.*<\/summary>/u, '<summary>');
}

describe('Markdown shows what a pack holds as text', () => {
  test.each(
    [
      ...HOSTILE,
      '`'.repeat(999),
      '|'.repeat(999),
      '---',
      '===',
      '1. x',
      '- x',
      '> x',
      '    x',
      '</details>',
      '</summary>',
      '<br>',
    ].map((text) => [text]),
  )('%j', (text) => {
    expectPlain(text);
  });

  test('whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'|`<>[]()@#:/w.\\*_~\n-=+ 1') })),
        expectPlain,
      ),
    );
  });
});

describe('text and JSON hold nothing that a terminal or a log obeys', () => {
  const expectInert = (text: string): void => {
    for (const printed of [textDiff(hostileDiff(text), { paint: plain, links: false }), jsonDiff(hostileDiff(text))]) {
      expect(printed).not.toMatch(RAW);
      expect(printed).not.toMatch(/^\s*::|##(?=\w*\[)/mu);
    }
    expect(JSON.parse(jsonDiff(hostileDiff(text)))).toMatchObject({
      releases: [{ name: /\p{Surrogate}/u.test(text) ? (expect.any(String) as string) : text }, {}],
    });
  };

  test.each(HOSTILE.map((text) => [text]))('%j', expectInert);

  test('whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), expectInert));
  });
});

describe('with more than there is room for', () => {
  test.each([
    ['many releases', hostileDiff('x'.repeat(150), 5000)],
    ['many releases of long names that are all escaped', hostileDiff('@'.repeat(500), 3000)],
    ['long texts', hostileDiff('|'.repeat(100_000), 3)],
    [
      'many changes of status',
      { ...hostileDiff('x', 0), statuses: Array.from({ length: 9000 }, () => ({ name: 'a', version: '1' })) },
    ],
  ])('the comment stays below the limit of GitHub: %s', (_what, diff) => {
    const text = markdownDiff(diff);
    expect(text.length).toBeLessThan(65_536);
    expect(text.length).toBeGreaterThan(2000);
    expect(text.split('<details>')).toHaveLength(text.split('</details>').length);
    expect(text).toMatch(/^\*\*\d+ (?:more|blocks? of).* left out here:\*\* run packyard diff to see all\.$/mu);
  });

  test('it says what is left out', () => {
    const left = markdownDiff(hostileDiff('x'.repeat(150), 5000)).match(/^\*\*\d.*$/gmu);
    expect(left).toMatchInlineSnapshot(`
      [
        "**4968 more releases left out here:** run packyard diff to see all.",
        "**4990 blocks of details left out here:** run packyard diff to see all.",
      ]
    `);
  });

  test('rows of a section are counted', () => {
    const items = Array.from({ length: 500 }, (_, index) => `image-${index}`);
    const [release] = hostileDiff('x').releases;
    const images = { total: 900, added: { items, more: 400 }, removed: { items: [], more: 0 } };
    const diff = { ...hostileDiff('x'), releases: release === undefined ? [] : [{ ...release, images }] };
    for (const text of [textDiff(diff, { paint: plain, links: false }), markdownDiff(diff)]) {
      expect(text).toContain('500 added, 400 more');
      expect(text).toContain('… and 880 more');
    }
  });
});
