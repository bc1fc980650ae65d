import type { CheckReport, ReportedFinding } from '../../../src/check/check-report.ts';
import type { Paint } from '../../../src/check/format-finding.ts';
import type { Place } from '../../../src/model/finding.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';

export const plain: Paint = (_style, text) => text;

export function reportOf(
  findings: readonly ReportedFinding[],
  others: Partial<Omit<CheckReport, 'findings'>> = {},
): CheckReport {
  return { findings, packs: 2, suppressed: 0, baselined: 0, stale: [], ...others };
}

const PLACE: Place = { line: 3, column: 4, endColumn: 10, source: '  "name": 2' };

/** An error with a place, a warning that can be repaired, and a hint about the repository. */
export const THREE: readonly ReportedFinding[] = [
  {
    ...findingOf('pack/duplicate-key', 'packs/a/pack.json', { key: 'name', firstLine: 2 }, { place: PLACE }),
    pack: 'a',
    directory: 'packs/a',
  },
  {
    ...findingOf('chart/missing-file', 'packs/b/pack.json', { path: 'charts/b.tgz' }, { severity: 'warning' }),
    pack: 'b',
    directory: 'packs/b',
    fix: 'safe',
  },
  findingOf('pack/duplicate-key', 'registry.yaml', { key: 'x', firstLine: 1 }, { severity: 'hint' }),
];

/** Findings of which everything that a pack can choose is this text. */
export function hostileReport(text: string): CheckReport {
  const place: Place = { line: 7, column: 1, endColumn: 2, source: `x${text}` };
  const own = { pack: text, directory: text };
  const detail = [text, `-${text}`, `+${text}`, ` ${text}`];
  return reportOf(
    [
      {
        ...findingOf('pack/duplicate-key', `${text}/pack.json`, { key: text, firstLine: 1 }, { place, detail }),
        ...own,
      },
      { ...findingOf('chart/missing-file', text, { path: text, suggestion: text }, { severity: 'warning' }), ...own },
      { ...findingOf('pack/duplicate-key', text, { key: text, firstLine: 1 }, { place, severity: 'hint' }) },
    ],
    { stale: [{ rule: text, file: text }], clean: [text] },
  );
}

/** What has been used to write to terminals, logs and pages of others. */
export const HOSTILE: readonly string[] = [
  '\u001B]0;title\u0007',
  '\u001B[2J\u001B[31m',
  '\u009B31m\u009D0;x\u009C',
  '\u001B]8;;https://evil.example\u001B\\click\u001B]8;;\u001B\\',
  'a\r\n::error file=x::forged',
  '::error::forged',
  ' \u00A0\u3000::set-output name=x::forged',
  'a\n::add-mask::x',
  '::stop-commands::x',
  '##[error]forged',
  'a ##[group]b',
  '###[error]x',
  '##vso[task.setvariable variable=x]y',
  "##teamcity[message text='x']",
  '%0A::error::forged%0D%25',
  'a,line=1::b',
  'user\u202Egpj.exe\u2066x\u2069\u200F\uFEFF',
  '\u2028\u2029\u0085\u0000\u000B\u000C',
  '</testcase></testsuite>',
  ']]><![CDATA[',
  '"/><x y="',
  '&amp;&#27;&lt;',
  '\uFFFE\uFFFF',
  '\uD800x\uDC00',
  '|a||b|\\|',
  '`code` ``` ~~~',
  '<script>alert(1)</script><img src=x onerror=y>',
  '<!-- -->',
  '@team @org/team a@b.example',
  '#1 org/repo#1 GH-1',
  '[text](https://evil.example) ![x](y) <https://evil.example>',
  'https://evil.example www.evil.example HTTP://EVIL.example',
  '*bold* _em_ ~~gone~~ $x$',
  '{0} {{ .Values.x }} [link](1) \\[x\\]',
  '../../etc//passwd',
  '//server/share',
  'javascript:alert(1)',
  '__proto__',
  ' ',
];
