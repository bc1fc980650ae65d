import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { CheckReport, ReportedFinding } from '../../../src/check/check-report.ts';
import { sarifReport } from '../../../src/check/reporters/sarif.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';
import { HOSTILE, hostileReport, reportOf, THREE } from './reports.ts';

interface Result {
  readonly message: { readonly text: string };
  readonly level: string;
  readonly ruleIndex: number;
  readonly ruleId: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
  }[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly columnKind: string;
  readonly results: readonly Result[];
}

const SCHEMA = new URL('../../fixtures/sarif-2.1.0.reduced.schema.json', import.meta.url);
const ajv = new Ajv2020({ allErrors: true });
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

/** The only run of a report, which the schema has accepted. */
function runOf(report: CheckReport): Run {
  const document: unknown = JSON.parse(sarifReport(report, '1.2.3'));
  validate(document);
  expect(validate.errors).toBeNull();
  const [run] = (document as { runs: Run[] }).runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function missing(path: string, file = 'packs/a/pack.json'): ReportedFinding {
  return findingOf('chart/missing-file', file, { path });
}

function uriOf(file: string): string | undefined {
  return runOf(reportOf([missing('x', file)])).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
}

test('describes the tool, its rules and each finding', () => {
  const run = runOf(reportOf(THREE));
  expect(run.tool).toEqual({
    driver: {
      name: 'packyard',
      version: '1.2.3',
      rules: [
        {
          id: 'chart/missing-file',
          name: 'ChartMissingFile',
          shortDescription: { text: 'A listed chart is missing.' },
          help: {
            text: 'What, why and how to mend it: docs/rules/chart/missing-file.md, or packyard explain chart/missing-file.',
          },
          defaultConfiguration: { level: 'error' },
          properties: { tags: ['chart'] },
        },
        expect.objectContaining({ id: 'pack/duplicate-key', name: 'PackDuplicateKey' }),
      ],
    },
  });
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.results[0]).toEqual({
    ruleId: 'pack/duplicate-key',
    ruleIndex: 1,
    level: 'error',
    message: {
      text: 'the key "name" stands twice, first on line 2. Keep one: readers differ in which of the two they take.',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'packs/a/pack.json', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 4, endLine: 3, endColumn: 10 },
        },
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/u) as string,
      'packyard/v1': expect.stringMatching(/^[0-9a-f]{32}:1$/u) as string,
    },
    properties: { pack: 'a' },
  });
  expect(run.results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
  for (const { ruleIndex, ruleId } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('without findings there are no results', () => {
  expect(runOf(reportOf([])).results).toEqual([]);
});

describe('fingerprints', () => {
  const fingerprints = (findings: readonly ReportedFinding[]): (string | undefined)[] =>
    runOf(reportOf(findings)).results.map((result) => result.partialFingerprints['packyard/v1']);
  const place = { line: 3, column: 1, endColumn: 2, source: 'x' };

  test('stay when lines move', () => {
    const moved = { ...missing('x'), place: { ...place, line: 9 } };
    expect(fingerprints([moved])).toEqual(fingerprints([{ ...missing('x'), place }]));
  });

  test('differ between findings, even between those that are alike', () => {
    const all = fingerprints([missing('x'), missing('y'), missing('x', 'packs/b/pack.json'), missing('x')]);
    expect(new Set(all).size).toBe(4);
    expect(all[3]).toBe(all[0]?.replace(/:1$/u, ':2'));
  });
});

test.each([
  ['packs/a b/ü#?%.json', 'packs/a%20b/%C3%BC%23%3F%25.json'],
  ['javascript:x/y', 'javascript%3Ax/y'],
  ['//server//share', 'server/share'],
  ['', '.'],
  ['\uD800/\u202E\u001B', '%EF%BF%BD/%E2%80%AE%1B'],
])('the file %j has the relative address %s', (file, uri) => {
  expect(uriOf(file)).toBe(uri);
});

test.each([
  ['{0}', '{{0}}'],
  ['[a](b)', '\\[a\\](b)'],
  ['[a] (b)', '[a] (b)'],
])('%s in a message is only text', (path, text) => {
  const [result] = runOf(reportOf([missing(path)])).results;
  expect(result?.message.text).toMatch(`the chart "${text}" is not in the pack.`);
});

test.each(HOSTILE.map((text) => [text]))('is valid whatever a pack holds: %j', (text) => {
  const run = runOf(hostileReport(text));
  expect(run.results).toHaveLength(3);
  // eslint-disable-next-line no-control-regex
  for (const { message } of run.results) expect(message.text).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/u);
});

test('is valid for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(runOf(hostileReport(text)).results).toHaveLength(3);
    }),
  );
});
