import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseStatus, statusDocument } from '../../src/build/parse-status.ts';
import { newStatusText, withEntryAppended, withEntryReplaced } from '../../src/build/status-text.ts';
import type { StatusEntry } from '../../src/model/status.ts';
import type { SourceDocument } from '../../src/pack/source-document.ts';

const FILE = 'status/demo.yaml';
const ENTRY: StatusEntry = { versions: '1.2.x', state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01' };
const LINES = '- versions: "1.2.x"\n  state: yanked\n  reason: CVE-2026-1234\n  at: 2026-05-01\n';

function documentOf(text: string): SourceDocument {
  const document = statusDocument(FILE, Buffer.from(text));
  if ('rule' in document) throw new Error(document.rule);
  return document;
}

const appended = (text: string, entry = ENTRY): string => withEntryAppended(text, documentOf(text), entry);

const indented = (text: string, indent: string): string => text.replace(/^(?=.)/gmu, indent);

const entriesOf = async (text: string): Promise<readonly StatusEntry[] | undefined> =>
  (await parseStatus(FILE, Buffer.from(text))).entries;

const OTHER = '- versions: "1.0.0"\n  state: active\n';

describe('withEntryAppended', () => {
  test.each<[string, string, string]>([
    ['an empty file', '', `releases:\n${indented(LINES, '  ')}`],
    ['comments', '# why', `# why\nreleases:\n${indented(LINES, '  ')}`],
    [
      'an empty list',
      '# a\nreleases: [] # none yet\n# b\n',
      `# a\nreleases: # none yet\n${indented(LINES, '  ')}# b\n`,
    ],
    ['a list', `releases:\n${indented(OTHER, '  ')}`, `releases:\n${indented(OTHER, '  ')}${indented(LINES, '  ')}`],
    ['a list that is not indented', `releases:\n${OTHER}`, `releases:\n${OTHER}${LINES}`],
    ['a list without an end of line', `releases:\n${OTHER.trimEnd()}`, `releases:\n${OTHER}${LINES}`],
    ['a list in front of another key', `releases:\n${OTHER}x: 1\n`, `releases:\n${OTHER}${LINES}x: 1\n`],
    [
      'a comment on the last entry',
      `releases:\n${OTHER}  # by Ada\n\n# end\n`,
      `releases:\n${OTHER}  # by Ada\n${LINES}\n# end\n`,
    ],
    [
      'entries of several lines',
      `releases:\n- versions: "*"\n  state: active\n  reason: >\n    a\n\n    b\n`,
      `releases:\n- versions: "*"\n  state: active\n  reason: >\n    a\n\n    b\n${LINES}`,
    ],
    [
      'entries on one line',
      `releases:\n    - { versions: "*", state: active }\n`,
      `releases:\n    - { versions: "*", state: active }\n${indented(LINES, '    ')}`,
    ],
    [
      'a dash alone',
      `releases:\n  -\n    versions: "*"\n    state: active\n`,
      `releases:\n  -\n    versions: "*"\n    state: active\n${indented(LINES, '  ')}`,
    ],
    [
      'lines that end as on Windows',
      `releases:\r\n- versions: "*"\r\n  state: active\r\n`,
      `releases:\r\n- versions: "*"\r\n  state: active\r\n${LINES.replaceAll('\n', '\r\n')}`,
    ],
  ])('adds to %s', async (_name, before, after) => {
    expect(appended(before)).toBe(after);
    expect((await entriesOf(after))?.at(-1)).toEqual(ENTRY);
  });

  test('quotes what YAML would read as something else', async () => {
    const reasons = [
      'CVE-1: bad',
      '# no',
      'true',
      'null',
      '1.0',
      'a # b',
      '- x',
      '"',
      "it's",
      'é 🦊',
      'a\nb',
      '\u0085\u202e',
      'x ',
    ];
    for (const reason of reasons) {
      const text = newStatusText({ ...ENTRY, reason });
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0080-\u009f\u202e]/u);
      expect((await entriesOf(text))?.[0]?.reason).toBe(reason.trim());
    }
  });

  test('keeps every character, and means what it is to mean', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '#', ':', '"', "'", '-', '\n', 'é', '{', '\\', '>'),
      minLength: 1,
    });
    const entry = fc.record({
      versions: fc.constantFrom('1.x', '*', '>=1 <2', '1.10'),
      state: fc.constant('yanked' as const),
      reason: text.map((each) => `r${each}`),
      at: fc.constant('2026-05-01'),
    });
    const comment = fc.constantFrom('', '# why\n', '\n', '  # inner\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(comment, entry), { maxLength: 3 }),
        comment,
        entry,
        async (parts, end, added) => {
          const blocks = parts.map(([before, each]) => before + newStatusText(each).replace('releases:\n', ''));
          const before = `${blocks.length === 0 ? '' : 'releases:\n'}${blocks.join('')}${end}`;
          const after = appended(before, added);
          const wanted = [...parts.map(([, each]) => each), added];
          expect(await entriesOf(after)).toEqual(wanted.map((each) => ({ ...each, reason: each.reason.trim() })));
          const lines = after.split('\n');
          let at = 0;
          for (const line of before.split('\n')) at = lines.indexOf(line, at) + 1 || expect.fail(`${line} is gone`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('withEntryReplaced', () => {
  const replaced = (text: string, before: StatusEntry, after: StatusEntry): string =>
    withEntryReplaced(text, documentOf(text), 0, before, after);

  test('changes what is another value, and nothing else', () => {
    const text = `# a\nreleases:\n  - versions:   "1.2.x" # b\n    at: '2026-05-01'   # c\n    reason: CVE-2026-1234\n    state: yanked # d\n# e`;
    const after = { ...ENTRY, state: 'disabled', at: '2026-06-01', reason: 'a: b' } as const;
    expect(replaced(text, ENTRY, after)).toBe(
      text.replace("'2026-05-01'", '2026-06-01').replace('CVE-2026-1234', '"a: b"').replace('yanked', 'disabled'),
    );
  });

  test('adds a key that was not there, behind the state', () => {
    const text = `releases:\n${LINES}`;
    expect(replaced(text, ENTRY, { ...ENTRY, replacement: '1.3.1' })).toBe(
      text.replace('yanked\n', 'yanked\n  replacement: "1.3.1"\n'),
    );
  });
});
