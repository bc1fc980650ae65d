import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { markdownReport } from '../../../src/check/reporters/markdown.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';
import { HOSTILE, hostileReport, reportOf, THREE } from './reports.ts';

function messageCell(path: string): string | undefined {
  const finding = findingOf('chart/unreadable', 'pack.json', { path, reason: 'x' });
  const row = markdownReport(reportOf([finding]))
    .split('\n')
    .find((line) => line.startsWith('| error'));
  return /the chart (?<text>.*?) cannot/u.exec(row ?? '')?.groups?.['text'];
}

test('is a table for each pack', () => {
  expect(markdownReport(reportOf(THREE))).toBe(`### packyard check

1 error, 1 warning, 1 hint in 2 packs. 1 fixable with --fix.

#### packs/a

| | Where | What | Rule |
| --- | --- | --- | --- |
| error | pack.json:3:4 | the key "name" stands twice, first on line 2<br>Keep one: readers differ in which of the two they take. | pack/duplicate-key |

#### packs/b

| | Where | What | Rule |
| --- | --- | --- | --- |
| warning | pack.json | the chart "charts/b.tgz" is not in the pack<br>Add it, or take it out of pack.json; paths are relative to pack.json, and case counts. | chart/missing-file |

#### The repository

| | Where | What | Rule |
| --- | --- | --- | --- |
| hint | registry.yaml | the key "x" stands twice, first on line 1<br>Keep one: readers differ in which of the two they take. | pack/duplicate-key |

Each rule has a page: packyard explain RULE, or docs/rules/RULE.md.
`);
});

test('is short when there is nothing', () => {
  expect(markdownReport(reportOf([]))).toBe('### packyard check\n\n2 packs checked: all is well.\n');
});

test('packs with errors come first', () => {
  const headings = markdownReport(reportOf(THREE.toReversed())).match(/^#### .*$/gmu);
  expect(headings).toEqual(['#### packs/a', '#### The repository', '#### packs/b']);
});

test.each([
  ['a|b', 'a&#124;b'],
  ['`a`', '&#96;a&#96;'],
  ['<b>&amp;', '&#60;b&#62;&#38;amp;'],
  ['@org/team', '@&#8203;org/team'],
  ['#12', '&#35;&#8203;12'],
  ['GH-12', 'GH&#8203;-12'],
  ['[a](b)', '&#91;a&#93;(b)'],
  ['https://a.example', 'https:&#8203;//a.example'],
  ['www.a.example', 'www&#8203;.a.example'],
  ['*a* _b_ ~c~ $d$', '&#42;a&#42; &#95;b&#95; &#126;c&#126; &#36;d&#36;'],
])('%s is only text', (path, shown) => {
  expect(messageCell(path)).toBe(`"${shown}"`);
});

describe('with more findings than there is room for', () => {
  const report = reportOf(
    Array.from({ length: 3000 }, (_, index) => ({
      ...findingOf('chart/missing-file', `packs/${index % 100}/pack.json`, { path: `charts/${index}.tgz` }),
      directory: `packs/${index % 100}`,
    })),
  );
  const text = markdownReport(report);
  const rows = text.match(/^\| error \|.*\| chart\/missing-file \|$/gmu)?.length ?? 0;

  test('it ends in time and says how many are left out', () => {
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.length).toBeGreaterThan(58_000);
    expect(text).toContain(`\n\n**${3000 - rows} more findings left out here:** run packyard check to see all.\n\n`);
  });

  test('no row is cut', () => {
    expect(text.match(/^\| error/gmu)).toHaveLength(rows);
  });

  test('one that is left out is counted as one', () => {
    const shown = { ...report, findings: report.findings.slice(0, rows + 1) };
    expect(markdownReport(shown)).toMatch(/\*\*(?:1 more finding|\d+ more findings) left out/u);
  });
});

test('one long text does not use up all the room', () => {
  const text = markdownReport(hostileReport('|'.repeat(1_000_000)));
  expect(text.length).toBeLessThan(60_000);
  expect(text).toContain('…');
  expect(text).not.toContain('left out');
});

/** Rows whose cells hold no markup but that of the table. */
const ROW =
  /^\| (?:error|warning|hint) \| (?:[^|<>`[\]*\\]*) \| (?:[^|<>`[\]*\\]*)<br>(?:[^|<>`[\]*\\]*) \| [a-z]+\/[a-z-]+ \|$/u;

/** The lines before and behind the one block of code, in which nothing is markup. */
function outsideBlock(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^`{3,}diff$/u.test(line));
  const end = lines.indexOf(lines[start]?.replace('diff', '') ?? '', start + 1);
  expect(end - start).toBe(5);
  return [...lines.slice(0, start), ...lines.slice(end + 1)];
}

function expectPlainRows(text: string): void {
  const lines = outsideBlock(markdownReport(hostileReport(text)).split('\n'));
  expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(3 + 2 * 2);
  const rows = lines.filter((line) => /^\| (?:error|warning|hint) /u.test(line));
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row).toMatch(ROW);
  const all = lines.join('\n');
  expect(all).not.toMatch(/@(?!&#8203;)|:\/\/|www\.|&#35;(?!&#8203;)/iu);
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(3);
}

test.each(HOSTILE.map((text) => [text]))('shows what a pack holds as text: %j', (text) => {
  expectPlainRows(text);
});

test('shows any text as text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'|`<>[]()@#:/w.\\*_~\n') })),
      expectPlainRows,
    ),
  );
});
