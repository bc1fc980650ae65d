import { expect, test } from 'vitest';

import type { Paint } from '../../../src/check/format-finding.ts';
import { textReport } from '../../../src/check/reporters/text.ts';
import { pageFile } from '../../../src/check/rule-page.ts';
import { plain, reportOf, THREE } from './reports.ts';

const options = { paint: plain, links: false };

test('groups findings by pack, and counts at the end', () => {
  const report = reportOf(THREE, { packs: 12, suppressed: 2, baselined: 5, stale: [{ rule: 'a/b', file: 'c' }] });
  expect(textReport(report, options)).toBe(`── packs/a

packs/a/pack.json:3:4 error pack/duplicate-key
  the key "name" stands twice, first on line 2
  3 |   "name": 2
    |    ^^^^^^
  → Keep one: readers differ in which of the two they take.

── packs/b

packs/b/pack.json warning chart/missing-file
  the chart "charts/b.tgz" is not in the pack
  → Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.

── The repository

registry.yaml hint pack/duplicate-key
  the key "x" stands twice, first on line 1
  → Keep one: readers differ in which of the two they take.

── In the baseline, but not found

c a/b

1 error, 1 warning, 1 hint in 12 packs. 1 fixable with --fix. 2 suppressed, 5 in the baseline. 1 entry of the baseline is stale: packyard check --update-baseline drops what is gone.
`);
});

test('a pack in the root of the repository has a heading too', () => {
  const findings = THREE.slice(0, 1).map((finding) => ({ ...finding, directory: '', file: 'pack.json' }));
  expect(textReport(reportOf(findings), options)).toMatch(/^── \.\n\npack\.json:3:4 error/u);
});

test('is one friendly line when there is nothing', () => {
  expect(textReport(reportOf([]), options)).toBe('2 packs checked: all is well.\n');
});

test('paints headings and findings', () => {
  const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;
  const text = textReport(reportOf(THREE.slice(1, 2)), { paint: tagged, links: false });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '<bold>── packs/b</bold>',
    '',
    '<bold>packs/b/pack.json</bold> <yellow>warning</yellow> <dim>chart/missing-file</dim>',
  ]);
});

test('links the id of a rule to its page where the terminal can', () => {
  const text = textReport(reportOf(THREE.slice(1, 2)), { paint: plain, links: true });
  const { href } = pageFile('chart/missing-file');
  expect(href).toMatch(/^file:\/\/\/.*\/docs\/rules\/chart\/missing-file\.md$/u);
  expect(text).toContain(`packs/b/pack.json warning \u001B]8;;${href}\u001B\\chart/missing-file\u001B]8;;\u001B\\\n`);
});
