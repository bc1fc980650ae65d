import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { RULE_IDS, ruleEntry } from '../../src/check/catalog.ts';
import { presetLevel } from '../../src/check/levels.ts';
import type { RuleId } from '../../src/model/rules.ts';

const FOLDER = new URL('../../docs/rules/', import.meta.url);
const SECTIONS = ['What', 'Why', 'Example', 'How to fix', 'Options'];
const REPAIRS = { safe: ' `--fix` repairs it.', unsafe: ' `--fix --unsafe` repairs it.' };

/** Line breaks count as blanks: where a page breaks a line is its own affair. */
function summaryOf(rule: RuleId): string {
  const { title, fix } = ruleEntry(rule);
  const [recommended, strict, compat] = (['recommended', 'strict', 'compat'] as const).map((preset) =>
    presetLevel(rule, preset),
  );
  const severity = `Severity: ${recommended} (recommended), ${strict} (strict), ${compat} (compat).`;
  return `${title}. ${severity}${fix === undefined ? '' : REPAIRS[fix]}`;
}

interface Section {
  readonly title: string;
  readonly body: string;
}

/** A `## ` in a fence is no heading. */
function sectionsOf(page: string): Section[] {
  const sections: { title: string; body: string }[] = [];
  let fenced = false;
  for (const line of page.split('\n')) {
    if (/^ {0,3}(?:```|~~~)/u.test(line)) fenced = !fenced;
    if (!fenced && line.startsWith('## ')) sections.push({ title: line.slice(3), body: '' });
    else {
      const section = sections.at(-1);
      if (section !== undefined) section.body += `${line}\n`;
    }
  }
  return sections;
}

test.each(RULE_IDS)('the page of %s says what it is to say', (rule) => {
  const page = readFileSync(new URL(`${rule}.md`, FOLDER), 'utf8');
  const [heading, summary = ''] = page.split('\n\n');
  expect(heading).toBe(`# ${rule}`);
  expect(summary.replaceAll('\n', ' ')).toBe(summaryOf(rule));
  const sections = sectionsOf(page);
  expect(sections.map(({ title }) => title)).toEqual(SECTIONS);
  expect(sections.filter(({ body }) => body.trim() === '')).toEqual([]);
  expect(sections.find(({ title }) => title === 'Example')?.body).toMatch(
    /^(?:```|~~~)[^\n]*\n[^]*?\S[^]*?\n(?:```|~~~)$/mu,
  );
  expect(page.endsWith('\n') && !page.endsWith('\n\n')).toBe(true);
});

test('there is no page without a rule', () => {
  const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.includes('.') && path !== 'README.md');
  expect(pages.filter((path) => !RULE_IDS.some((rule) => path === `${rule}.md`))).toEqual([]);
});

test('the table lists every rule once, with its page and title', () => {
  const lines = readFileSync(new URL('README.md', FOLDER), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('| [')).map((line) => line.split(' | ').slice(0, 2).join(' | '));
  const expected = RULE_IDS.map((rule) => `| [${rule}](${rule}.md) | ${ruleEntry(rule).title}`);
  expect(rows.toSorted()).toEqual(expected.toSorted());
});

test('the table is what its script makes of the catalog', () => {
  const script = fileURLToPath(new URL('../../docs/.source/rules.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
