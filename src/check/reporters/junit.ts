import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { formatFinding } from '../format-finding.ts';
import { messageOf } from '../messages.ts';
import { oneLine } from '../one-line.ts';
import { groupByPack, titleOf, type PackFindings } from './group-by-pack.ts';
import { plural } from './summary.ts';
import { wellFormed } from './well-formed.ts';

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly skipped: number;
}

/**
 * For test reports: a suite for each pack and a case for each finding. As with the exit status, only errors fail;
 * warnings and hints count as skipped.
 */
export function junitReport(report: CheckReport): string {
  const suites = [...groupByPack(report.findings).map(suiteOf), ...cleanSuites(report)];
  const lines = suites.flatMap((suite) => [
    `  <testsuite name="${escapeXml(suite.name)}" ${totals([suite])}>`,
    ...suite.cases,
    '  </testsuite>',
  ]);
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="packyard check" ${totals(suites)}>`];
  return `${[...head, ...lines, '</testsuites>'].join('\n')}\n`;
}

function suiteOf(group: PackFindings): Suite {
  const failures = group.findings.filter(({ severity }) => severity === 'error').length;
  const name = oneLine(titleOf(group));
  return {
    name,
    cases: group.findings.map((finding) => testCase(name, finding)),
    failures,
    skipped: group.findings.length - failures,
  };
}

/** Without the names of the packs one case stands for all of them. */
function cleanSuites({ findings, packs, clean }: CheckReport): Suite[] {
  if (clean !== undefined) return clean.map((directory) => passing(oneLine(directory), 'no findings'));
  const faulty = new Set(findings.flatMap(({ directory }) => (directory === undefined ? [] : [directory])));
  const others = packs - faulty.size;
  return others > 0 ? [passing('packs without findings', plural(others, 'pack'))] : [];
}

function passing(name: string, testName: string): Suite {
  const only = `    <testcase classname="${escapeXml(name)}" name="${escapeXml(testName)}"/>`;
  return { name, cases: [only], failures: 0, skipped: 0 };
}

function testCase(suite: string, finding: ReportedFinding): string {
  const { rule, severity, file, place } = finding;
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const line = place === undefined ? '' : ` line="${place.line}"`;
  const message = escapeXml(oneLine(messageOf(finding).text));
  const outcome =
    severity === 'error'
      ? `<failure type="${rule}" message="${message}">${escapeXml(formatFinding(finding, plain, { detail: false }))}</failure>`
      : `<skipped message="${severity}: ${message}"/>`;
  return [
    `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(oneLine(`${rule} ${where}`))}"`,
    ` file="${escapeXml(oneLine(file))}"${line}>`,
    outcome,
    '</testcase>',
  ].join('');
}

function plain(_style: string, text: string): string {
  return text;
}

function totals(suites: readonly Suite[]): string {
  const sum = (count: (suite: Suite) => number): number => suites.reduce((total, suite) => total + count(suite), 0);
  const tests = sum(({ cases }) => cases.length);
  return `tests="${tests}" failures="${sum(({ failures }) => failures)}" errors="0" skipped="${sum(({ skipped }) => skipped)}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Control characters are escapes by now; these two are what else XML 1.0 cannot hold. */
function escapeXml(text: string): string {
  return wellFormed(text)
    .replace(/[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
