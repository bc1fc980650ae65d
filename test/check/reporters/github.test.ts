import { describe, expect, test } from 'vitest';

import type { CheckReport } from '../../../src/check/check-report.ts';
import { githubReport } from '../../../src/check/reporters/github.ts';
import type { Severity } from '../../../src/model/finding.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';
import { HOSTILE, hostileReport, reportOf, THREE } from './reports.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands of an output, as GitHub's runner takes them out of a log. */
function commandsOf(output: string): Command[] {
  return output.split(/\r\n|[\n\r]/u).flatMap((line) => {
    if (!line.trimStart().startsWith('::')) return [];
    const {
      name = '',
      properties = '',
      data = '',
    } = /^::(?<name>\S+)(?: (?<properties>.*?))?::(?<data>.*)$/u.exec(line.trimStart())?.groups ?? {};
    const pairs = properties.split(',').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), unescape(pair.slice(at + 1))];
    });
    return [{ name, properties: Object.fromEntries(pairs), data: unescape(data) }];
  });
}

function unescape(text: string): string {
  return ['%0D\r', '%0A\n', '%3A:', '%2C,', '%25%'].reduce(
    (result, pair) => result.replaceAll(pair.slice(0, 3), pair.slice(3)),
    text,
  );
}

function many(counts: Readonly<Record<Severity, number>>): CheckReport {
  const order: Severity[] = ['hint', 'warning', 'error'];
  return reportOf(
    order.flatMap((severity) =>
      Array.from({ length: counts[severity] }, (_, index) =>
        findingOf('chart/missing-file', 'pack.json', { path: `${severity}-${index}` }, { severity }),
      ),
    ),
  );
}

test('annotates files, and ends with a count', () => {
  expect(githubReport(reportOf(THREE)).split('\n')).toEqual([
    '::error file=packs/a/pack.json,line=3,endLine=3,col=4,endColumn=10,title=pack/duplicate-key::the key "name" stands twice, first on line 2%0AKeep one: readers differ in which of the two they take.',
    '::warning file=packs/b/pack.json,title=chart/missing-file::the chart "charts/b.tgz" is not in the pack%0AAdd it, or take it out of pack.json; paths are relative to pack.json, and case counts.',
    '::notice file=registry.yaml,title=pack/duplicate-key::the key "x" stands twice, first on line 1%0AKeep one: readers differ in which of the two they take.',
    '1 error, 1 warning, 1 hint in 2 packs. 1 fixable with --fix.',
    '',
  ]);
});

test('is only the count when there is nothing', () => {
  expect(githubReport(reportOf([]))).toBe('2 packs checked: all is well.\n');
});

test('a finding about no file has none', () => {
  const finding = findingOf('chart/missing-file', '', { path: 'x' });
  expect(commandsOf(githubReport(reportOf([finding])))[0]?.properties).toEqual({ title: 'chart/missing-file' });
});

describe('more findings than GitHub shows', () => {
  const output = githubReport(many({ error: 12, warning: 3, hint: 11 }));

  test('errors come first, and each kind has no more than are shown', () => {
    const names = commandsOf(output).map(({ name }) => name);
    expect(names).toEqual([
      ...Array<string>(10).fill('error'),
      ...Array<string>(3).fill('warning'),
      ...Array<string>(10).fill('notice'),
      'group',
      'endgroup',
    ]);
  });

  test('the others stand in the log', () => {
    expect(output.split('\n').slice(23)).toEqual([
      '::group::3 more findings',
      'error pack.json the chart "error-10" is not in the pack (chart/missing-file)',
      'error pack.json the chart "error-11" is not in the pack (chart/missing-file)',
      'hint pack.json the chart "hint-10" is not in the pack (chart/missing-file)',
      '::endgroup::',
      '12 errors, 3 warnings, 11 hints in 2 packs.',
      '',
    ]);
  });

  test('with their places', () => {
    const place = { line: 4, column: 2, endColumn: 3, source: '' };
    const findings = many({ error: 11, warning: 0, hint: 0 }).findings.map((finding) => ({ ...finding, place }));
    expect(githubReport(reportOf(findings))).toContain(
      '\n::group::1 more finding\nerror pack.json:4:2 the chart "error-10" is not',
    );
  });
});

test('escapes as GitHub asks', () => {
  const finding = findingOf('chart/missing-file', 'a,b:c%2C.json', { path: '100%,:' });
  const output = githubReport(reportOf([finding]));
  expect(output).toMatch(/^::error file=a%2Cb%3Ac%252C\.json,title=chart\/missing-file::the chart "100%25,:" is/u);
  expect(commandsOf(output)[0]?.properties).toEqual({ file: 'a,b:c%2C.json', title: 'chart/missing-file' });
});

test.each(HOSTILE.map((text) => [text]))('makes no other command of what a pack holds: %j', (text) => {
  const commands = commandsOf(githubReport(hostileReport(text)));
  expect(commands.map(({ name }) => name)).toEqual(['error', 'warning', 'notice']);
  expect(commands.map(({ properties }) => Object.keys(properties).join(' '))).toEqual([
    'file line endLine col endColumn title',
    'file title',
    'file line endLine col endColumn title',
  ]);
  for (const { data } of commands) expect(data.split('\n')).toHaveLength(2);
});
