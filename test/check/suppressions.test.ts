import { describe, expect, test } from 'vitest';

import { applySuppressions, type SuppressionOptions } from '../../src/check/suppressions.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { RuleId } from '../../src/model/rules.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import { placeAt } from '../../src/pack/place.ts';

const RULE: RuleId = 'values/invalid-yaml';
const FILE = 'packs/a/values.yaml';

/** A finding where a text first has a word. */
function findingAt(text: string, word: string, file = FILE): Finding {
  const start = text.indexOf(word);
  return findingOf(RULE, file, { reason: word }, { place: placeAt(text, start, start + word.length) });
}

interface Outcome {
  readonly left: readonly Finding[];
  readonly wrong: readonly string[];
  readonly suppressed: number;
}

function outcome(text: string, findings: readonly Finding[], file = FILE, options?: SuppressionOptions): Outcome {
  const result = applySuppressions(findings, (name) => (name === file ? text : undefined), {
    files: [file],
    ...options,
  });
  const isComment = ({ rule }: Finding): boolean => rule.startsWith('check/');
  return {
    left: result.findings.filter((finding) => !isComment(finding)),
    wrong: result.findings.filter(isComment).map(({ rule, place }) => `${place?.line}:${place?.column} ${rule}`),
    suppressed: result.suppressed,
  };
}

const NOTHING_WRONG = { left: [], wrong: [], suppressed: 1 };

describe('in YAML', () => {
  test.each([
    ['on the line of the finding', `a: bad # packyard: allow ${RULE} -- known\n`],
    ['alone on the line above', `b: 1\n  # packyard: allow ${RULE} -- known\n  a: bad\n`],
    ['with other rules on lines above', `# packyard: allow ${RULE} -- known\n# packyard: allow x/y -- no\na: bad\n`],
    ['with Windows line ends', `b: 1\r\n# packyard: allow ${RULE} -- known\r\na: bad\r\n`],
    ['without blanks', `#packyard:allow ${RULE} -- known\na: bad\n`],
    ['with a long dash, as editors make it', `# packyard: allow ${RULE} — known\na: bad\n`],
    ['for the whole file', `# About.\n# packyard: allow-file ${RULE} -- known\n\nb: 1\na: bad\n`],
    ['among others', `# packyard: allow values/missing,${RULE} , file/symlink -- known\na: bad\n`],
  ])('a finding is allowed %s', (_, text) => {
    const { left, suppressed } = outcome(text, [findingAt(text, 'bad')]);
    expect({ left, suppressed }).toEqual({ left: [], suppressed: 1 });
  });

  test.each([
    ['on another line', `# packyard: allow ${RULE} -- known\n\na: bad\n`],
    ['behind the line above', `b: 1 # packyard: allow ${RULE} -- known\na: bad\n`],
    ['below', `a: bad\n# packyard: allow ${RULE} -- known\n`],
    ['for another rule', `# packyard: allow values/missing -- known\na: bad\n`],
  ])('but not by a comment %s, which is unused', (_, text) => {
    const { left, wrong, suppressed } = outcome(text, [findingAt(text, 'bad')]);
    expect(left).toHaveLength(1);
    expect(wrong).toEqual([expect.stringContaining('check/unused-suppression')]);
    expect(suppressed).toBe(0);
  });

  test.each([
    ['where # begins no comment', `a: bad#packyard: allow ${RULE} -- known\n`],
    ['for another verb', `a: bad # packyard: allowed ${RULE} -- known\n`],
    ['without #', `a: bad packyard: allow ${RULE} -- known\n`],
  ])('words are no suppression %s', (_, text) => {
    expect(outcome(text, [findingAt(text, 'bad')])).toMatchObject({ left: [{}], wrong: [], suppressed: 0 });
  });

  test('every finding of the rule on the line is allowed, one without a place only for the whole file', () => {
    const onLine = `a: bad # packyard: allow ${RULE} -- known\n`;
    const finding = findingAt(onLine, 'bad');
    expect(outcome(onLine, [finding, finding])).toEqual({ left: [], wrong: [], suppressed: 2 });
    const nowhere = findingOf(RULE, FILE, { reason: 'bad' });
    expect(outcome(onLine, [nowhere, finding])).toEqual({ left: [nowhere], wrong: [], suppressed: 1 });
    expect(outcome(`# packyard: allow-file ${RULE} -- known\n`, [nowhere])).toEqual(NOTHING_WRONG);
  });

  test('that there are more findings of a rule is allowed with the rule, for the whole file', () => {
    const more = findingOf('pack/more-findings', FILE, { limit: 50, of: RULE });
    expect(outcome(`# packyard: allow-file ${RULE} -- known\n`, [more])).toEqual(NOTHING_WRONG);
    expect(outcome(`# packyard: allow-file values/missing -- known\n`, [more])).toMatchObject({ left: [more] });
  });

  test('a finding in a comment line can be allowed as any other', () => {
    const text = `# packyard: allow ${RULE} -- known\n# bad: 1\n`;
    expect(outcome(text, [findingAt(text, 'bad')])).toEqual(NOTHING_WRONG);
  });
});

describe('in Markdown', () => {
  const file = 'packs/a/README.md';

  test.each([
    ['alone on the line above', `# A\n<!-- packyard: allow ${RULE} -- known -->\nbad\n`],
    ['on the line of the finding', `bad <!-- packyard: allow ${RULE} -- known --> more\n`],
    ['for the whole file', `<!-- packyard: allow-file ${RULE} -- known -->\n\n\nbad\n`],
    ['below a fence that is closed', `~~~~\n~~~\n~~~~\nbad <!-- packyard: allow ${RULE} -- known -->\n`],
  ])('a finding is allowed %s', (_, text) => {
    expect(outcome(text, [findingAt(text, 'bad', file)], file)).toEqual(NOTHING_WRONG);
  });

  test.each([
    ['in a fence', `\`\`\`yaml\n<!-- packyard: allow ${RULE} -- known -->\nbad\n\`\`\`\n`],
    ['between backticks', `bad \`<!-- packyard: allow ${RULE} -- known -->\`\n`],
    ['that is not closed on its line', `bad <!-- packyard: allow ${RULE} -- known\n-->\n`],
    ['after #', `bad # packyard: allow ${RULE} -- known\n`],
  ])('but not by a comment %s', (_, text) => {
    const finding = findingAt(text, 'bad', file);
    expect(outcome(text, [finding], file)).toEqual({ left: [finding], wrong: [], suppressed: 0 });
  });

  test('words behind the comment are none of its reason', () => {
    const text = `bad <!-- packyard: allow ${RULE} --> -- known\n`;
    expect(outcome(text, [findingAt(text, 'bad', file)], file).wrong).toEqual(['1:10 check/no-reason']);
  });
});

describe('a suppression', () => {
  test('without a reason counts, and is a hint', () => {
    const text = `a: bad # packyard: allow ${RULE}\n`;
    const { findings, suppressed } = applySuppressions([findingAt(text, 'bad')], () => text);
    expect(suppressed).toBe(1);
    expect(findings).toEqual([
      {
        rule: 'check/no-reason',
        severity: 'hint',
        file: FILE,
        place: { line: 1, column: 10, endColumn: text.length, source: text.trimEnd() },
        args: { rule: RULE },
      },
    ]);
  });

  test.each(['', ' --', ' --   ', ' because', ' - because'])('has no reason in "%s"', (end) => {
    const text = `a: bad # packyard: allow ${RULE}${end}\n`;
    expect(outcome(text, [findingAt(text, 'bad')])).toEqual({
      left: [],
      wrong: ['1:10 check/no-reason'],
      suppressed: 1,
    });
  });

  test.each<[string, string, { rule: string; suggestion?: string }]>([
    ['a misspelt rule', 'values/invalid-yml', { rule: 'values/invalid-yml', suggestion: RULE }],
    [
      'a rule without its group',
      'invalid-yaml',
      { rule: 'invalid-yaml', suggestion: expect.stringContaining('/invalid-yaml') as string },
    ],
    ['no rule', '__proto__', { rule: '__proto__' }],
    ['nothing', '', { rule: '' }],
    ['a very long word', 'x'.repeat(100_000), { rule: `${'x'.repeat(80)}…` }],
  ])('that names %s is a warning', (_, name, args) => {
    const text = `a: 1 # packyard: allow ${name} -- known\n`;
    const { findings } = applySuppressions([], () => text, { files: [FILE] });
    expect(findings).toMatchObject([{ rule: 'check/unknown-rule', severity: 'warning', args }]);
  });

  test('of nothing is a hint, for each of its rules', () => {
    const text = `# packyard: allow values/missing, ${RULE} -- known\na: bad\n`;
    expect(applySuppressions([findingAt(text, 'bad')], () => text).findings).toEqual([
      {
        rule: 'check/unused-suppression',
        severity: 'hint',
        file: FILE,
        place: expect.objectContaining({ line: 1, column: 3 }) as unknown,
        args: { rule: 'values/missing' },
      },
    ]);
  });

  test('that repeats another is one of nothing', () => {
    const text = `# packyard: allow ${RULE} -- one\n# packyard: allow ${RULE} -- two\na: bad\n`;
    expect(outcome(text, [findingAt(text, 'bad')]).wrong).toEqual(['2:3 check/unused-suppression']);
  });

  test('for a line is used before that for the file', () => {
    const text = `# packyard: allow-file ${RULE} -- known\na: bad # packyard: allow ${RULE} -- known\n`;
    expect(outcome(text, [findingAt(text, 'bad')]).wrong).toEqual(['1:3 check/unused-suppression']);
  });

  test('is not of nothing where its rule was not asked', () => {
    const text = `# packyard: allow ${RULE} -- known\na: 1\n`;
    expect(outcome(text, []).wrong).toEqual(['1:3 check/unused-suppression']);
    expect(outcome(text, [], FILE, { isAsked: (rule, file) => rule !== RULE || file !== FILE }).wrong).toEqual([]);
    expect(outcome(text, [], FILE, { files: [] }).wrong).toEqual([]);
  });

  test('for a whole file counts in the first 20 lines only', () => {
    const comment = `# packyard: allow-file ${RULE} -- known\na: bad\n`;
    const last = `${'\n'.repeat(19)}${comment}`;
    expect(outcome(last, [findingAt(last, 'bad')])).toEqual(NOTHING_WRONG);
    const late = `${'\n'.repeat(20)}${comment}`;
    expect(applySuppressions([findingAt(late, 'bad')], () => late)).toMatchObject({
      findings: [{ rule: RULE }, { rule: 'check/unused-suppression', args: { rule: RULE, late: { limit: 20 } } }],
      suppressed: 0,
    });
  });

  test('for a whole file that is late takes nothing from one that is not', () => {
    const text = `# packyard: allow-file ${RULE} -- known\n${'\n'.repeat(20)}# packyard: allow-file ${RULE} -- late\na: bad\n`;
    expect(outcome(text, [findingAt(text, 'bad')])).toEqual({
      left: [],
      wrong: ['22:3 check/unused-suppression'],
      suppressed: 1,
    });
  });
});

test('formats without comments, and files that cannot be read, allow nothing', () => {
  const text = `a: bad # packyard: allow ${RULE} -- known\n`;
  for (const file of ['packs/a/pack.json', 'packs/a/charts/a.tgz', 'packs/a']) {
    const finding = findingAt(text, 'bad', file);
    expect(outcome(text, [finding], file)).toEqual({ left: [finding], wrong: [], suppressed: 0 });
  }
  const finding = findingAt(text, 'bad');
  expect(applySuppressions([finding], () => undefined)).toEqual({ findings: [finding], suppressed: 0 });
});

test('a hundred thousand of them take no time, and say so once', () => {
  const text = `# packyard: allow ${RULE}, no/such\n`.repeat(100_000);
  const wide = `a: 1 ${'# packyard: '.repeat(200_000)}\n`;
  const open = `${'<!-- packyard: allow '.repeat(200_000)}\n`;
  const many = `# packyard: allow ${'a/b, '.repeat(200_000)}\n`;
  const textOf = (file: string): string =>
    ({ 'a.yaml': text, 'b.yaml': wide, 'c.md': open, 'd.yaml': many })[file] ?? '';
  const { findings } = applySuppressions([], textOf, { files: ['a.yaml', 'b.yaml', 'c.md', 'd.yaml'] });
  expect(findings.filter(({ rule }) => rule === 'pack/more-findings')).toHaveLength(4);
  expect(findings.length).toBeLessThan(210);
});
