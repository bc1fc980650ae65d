import { relative } from 'node:path';

import { expect, test } from 'vitest';

import type { BuildResult } from '../../src/build/build.ts';
import { contentOf } from '../../src/model/content.ts';
import type { BuildPlan, PlannedWrite } from '../../src/build/plan.ts';
import type { BuildReport } from '../../src/build/report.ts';
import { buildDocument, countFindings, formatPlan, formatSummary, formatTimings } from '../../src/cli/build-report.ts';
import { painter } from '../../src/cli/terminal.ts';
import type { Finding, Severity } from '../../src/model/finding.ts';
import { findingOf } from '../../src/pack/finding-of.ts';

const write = (path: string, reason: PlannedWrite['reason']): PlannedWrite => ({
  entry: { path, mediaType: 'text/plain', cache: 'immutable', ...contentOf(Buffer.alloc(2048)) },
  reason,
});

const PLAN: BuildPlan = {
  out: '/site',
  write: [write('a/new', 'new'), write('b/\u001b[2Jchanged', 'changed')],
  keep: { files: 1, bytes: 2048 },
  remove: ['stale/\u202eone'],
  tags: [],
};

const REPORT: BuildReport = {
  repository: '/repo',
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  out: process.cwd(),
  directories: 1,
  packs: 1,
  releases: { total: 3, added: 1, changed: 1, unchanged: 1, removed: 0, refused: 0 },
  removedReleases: [],
  superseded: [],
  renewed: [],
  leftOut: [],
  files: { added: 1, changed: 1, unchanged: 1, removed: 1 },
  bytes: 6144,
  bytesWritten: 4096,
  blobsRead: 7,
  timings: { open: 1.5, total: 1234.5 },
};

const finding = (severity: Severity): Finding => findingOf('values/missing', 'packs/a/values.yaml', {}, { severity });

const RESULT: BuildResult = { ok: true, written: true, findings: [], plan: PLAN, report: REPORT };
const plain = painter(false);

test('the plan: what is new, what changes, what goes', () => {
  expect(formatPlan(PLAN)).toMatchInlineSnapshot(`
    "+ a/new  2 KiB
    ~ b/\\u001b[2Jchanged  2 KiB
    - stale/\\u202eone
    2 to write, 1 to remove, 1 unchanged
    "
  `);
});

test('a plan with nothing to do', () => {
  expect(formatPlan({ ...PLAN, write: [], remove: [] })).toBe('0 to write, 0 to remove, 1 unchanged\n');
});

test.each<[severities: readonly Severity[], expected: string]>([
  [[], ''],
  [['error'], '1 error'],
  [['hint', 'error', 'warning', 'error'], '2 errors, 1 warning, 1 hint'],
])('findings %j in words', (severities, expected) => {
  expect(countFindings(severities.map(finding))).toBe(expected);
});

test('the summary of a build', () => {
  expect(formatSummary(RESULT, plain)).toMatchInlineSnapshot(`
    "1 pack, 3 releases: 1 added, 1 changed, 1 unchanged
    3 files, 6 KiB: 1 new, 1 changed, 1 removed, 4 KiB written in 1.23 s
    Registry . (commit 0123456789ab)
    Clients start at ./index.json. Any static server shows it, such as: npx http-server .
    "
  `);
});

test('of one with findings and uncommitted changes, in colour', () => {
  const report = { ...REPORT, dirty: true, releases: { ...REPORT.releases, refused: 2 } };
  const result = { ...RESULT, findings: [finding('warning')], report };
  expect(formatSummary(result, painter(true))).toMatchInlineSnapshot(`
    "1 warning.
    1 pack, 3 releases: 1 added, 1 changed, 1 unchanged, 2 refused
    3 files, 6 KiB: 1 new, 1 changed, 1 removed, 4 KiB written in 1.23 s
    [1mRegistry[22m . (commit 0123456789ab, with uncommitted changes)
    [2mClients start at ./index.json. Any static server shows it, such as: npx http-server .[22m
    "
  `);
});

test.each([
  [1, 'Removed: demo 2.0.0'],
  [10, `Removed: ${Array.from({ length: 10 }, (_, index) => `demo ${index + 2}.0.0`).join(', ')}`],
  [12, `Removed: ${Array.from({ length: 10 }, (_, index) => `demo ${index + 2}.0.0`).join(', ')} and 2 more`],
])('of one that takes %i releases away', (count, expected) => {
  const removedReleases = Array.from({ length: count }, (_, index) => `demo@${index + 2}.0.0`);
  const report = { ...REPORT, releases: { ...REPORT.releases, removed: count, refused: 1 }, removedReleases };
  expect(
    formatSummary({ ...RESULT, report }, plain)
      .split('\n')
      .slice(0, 2),
  ).toEqual([`1 pack, 3 releases: 1 added, 1 changed, 1 unchanged, ${count} removed, 1 refused`, expected]);
});

test('of one that leaves known-broken packs out', () => {
  const report = { ...REPORT, releases: { ...REPORT.releases, refused: 1 }, leftOut: ['packs/b\u001b'] };
  expect(formatSummary({ ...RESULT, report }, plain).split('\n')[1]).toBe(
    String.raw`Left out, since the baseline knows that they have errors: packs/b\u001b`,
  );
});

test('of a dry run, which names no registry', () => {
  expect(formatSummary({ ...RESULT, written: false }, plain)).toMatchInlineSnapshot(`
    "1 pack, 3 releases: 1 added, 1 changed, 1 unchanged
    3 files, 6 KiB: 1 new, 1 changed, 1 removed, 4 KiB to write in 1.23 s
    "
  `);
});

test.each([
  [1, '1 error. Nothing was written: 1 pack refused.\n'],
  [2, '1 error. Nothing was written: 1 pack refused. With --keep-going the other one is built.\n'],
  [5, '1 error. Nothing was written: 1 pack refused. With --keep-going the other 4 are built.\n'],
])('of one that errors stopped, with %i packs', (directories, expected) => {
  const { plan: _plan, ...stopped } = RESULT;
  const report = { ...REPORT, directories, releases: { ...REPORT.releases, refused: 1 } };
  const result = { ...stopped, ok: false, written: false, findings: [finding('error')], report };
  expect(formatSummary(result, plain)).toBe(expected);
});

test('the registry is named as seen from here, and harmlessly', () => {
  const out = `${process.cwd()}/site\u001b[2J`;
  expect(formatSummary({ ...RESULT, report: { ...REPORT, out } }, plain)).toContain('Registry site\\u001b[2J (commit ');
  expect(relative('.', REPORT.out)).toBe('');
});

test('timings in columns', () => {
  expect(formatTimings(REPORT)).toMatchInlineSnapshot(`
    "open             1.5 ms
    total         1234.5 ms
    "
  `);
});

test('the JSON form has the words of findings, and no bytes', () => {
  const document = buildDocument({ ...RESULT, findings: [finding('error')] });
  expect(document).toMatchObject({
    format: 'packyard-build/1',
    findings: [{ rule: 'values/missing', message: 'the pack has no values.yaml', hint: 'Add one; it may be empty.' }],
    plan: { out: '/site', keep: 1, remove: ['stale/\u202eone'] },
    report: REPORT,
  });
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
