import { expect, test } from 'vitest';

import { jsonReport } from '../../../src/check/reporters/json.ts';
import { HOSTILE, hostileReport, reportOf, THREE } from './reports.ts';

test('is one object with all findings and counts', () => {
  const report = reportOf(THREE.slice(0, 2), { suppressed: 3, baselined: 4, stale: [{ rule: 'a/b', file: 'c' }] });
  const text = jsonReport(report);
  expect(text.endsWith('}\n')).toBe(true);
  expect(JSON.parse(text)).toEqual({
    format: 'packyard-findings/1',
    findings: [
      {
        rule: 'pack/duplicate-key',
        severity: 'error',
        pack: 'a',
        directory: 'packs/a',
        file: 'packs/a/pack.json',
        line: 3,
        column: 4,
        endColumn: 10,
        message: 'the key "name" stands twice, first on line 2',
        hint: 'Keep one: readers differ in which of the two they take.',
        page: 'docs/rules/pack/duplicate-key.md',
        args: { key: 'name', firstLine: 2 },
      },
      {
        rule: 'chart/missing-file',
        severity: 'warning',
        pack: 'b',
        directory: 'packs/b',
        file: 'packs/b/pack.json',
        message: 'the chart "charts/b.tgz" is not in the pack',
        hint: 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.',
        page: 'docs/rules/chart/missing-file.md',
        fix: 'safe',
        args: { path: 'charts/b.tgz' },
      },
    ],
    counts: {
      packs: 2,
      errors: 1,
      warnings: 1,
      hints: 0,
      fixable: 1,
      fixableUnsafe: 0,
      suppressed: 3,
      baselined: 4,
      stale: 1,
    },
    stale: [{ rule: 'a/b', file: 'c' }],
  });
});

test.each(HOSTILE.map((text) => [text]))('programs read back what was in the pack: %j', (text) => {
  const document = JSON.parse(jsonReport(hostileReport(text))) as { findings: Record<string, unknown>[] };
  expect(document.findings[0]).toMatchObject({ file: `${text}/pack.json`, pack: text, args: { key: text } });
});
