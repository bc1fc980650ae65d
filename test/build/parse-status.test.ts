import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseStatus } from '../../src/build/parse-status.ts';
import { messageOf } from '../../src/check/messages.ts';

const FILE = 'status/demo.yaml';
const ENTRY = '  - versions: "1.x"\n    state: yanked\n    reason: CVE\n    at: 2026-05-01\n';

/** Each finding with its place and words. */
async function said(text: string | Buffer): Promise<string[]> {
  const { findings } = await parseStatus(FILE, Buffer.from(text));
  return findings.map((finding) => {
    const { rule, severity, place } = finding;
    return `${place === undefined ? '' : `${place.line}:${place.column} `}${severity} ${rule}: ${messageOf(finding).text}`;
  });
}

describe('parseStatus', () => {
  test('gives entries in order, and keeps nothing that it does not know', async () => {
    const text = `# why\nreleases:\n${ENTRY}    later: 1\n  - { versions: "*", state: active }\n`;
    const { entries, findings } = await parseStatus(FILE, Buffer.from(text));
    expect(entries).toEqual([
      { versions: '1.x', state: 'yanked', reason: 'CVE', at: '2026-05-01' },
      { versions: '*', state: 'active' },
    ]);
    expect(findings).toMatchObject([
      { rule: 'status/unknown-key', severity: 'warning', place: { line: 7, column: 5 } },
    ]);
  });

  test.each(['', '# nothing yet\n', '---\n', 'null\n', 'releases: []\n', '\ufeff'])('%j says nothing', async (text) => {
    expect(await parseStatus(FILE, Buffer.from(text))).toEqual({ entries: [], findings: [] });
  });

  test.each<[string, string]>([
    [
      'releases:\n  - versions: 1.10\n    state: yanked\n    reason: x\n    at: 2026-05-01\n',
      '2:15 error status/schema: "releases.0.versions" must be a string, not a number: put it in quotes',
    ],
    [
      'releases:\n  - versions: "1.x"\n    state: yanked\n    at: 2026-05-01\n',
      '2:5 error status/schema: "releases.0" needs the key "reason"',
    ],
    [
      'releases:\n  - versions: "1.x"\n    state: yanked\n    reason:\n    at: 2026-05-01\n',
      '4:5 error status/schema: "releases.0.reason" must be a string, not null',
    ],
    [
      'releases:\n  - versions: "1.x"\n    state: yanked\n    reason: " "\n    at: 2026-05-01\n',
      '4:14 error status/schema: "releases.0.reason" must be a reason with at least one character that can be seen',
    ],
    [
      'releases:\n  - versions: "1.x"\n    state: yankd\n    reason: x\n    at: 2026-05-01\n',
      '3:12 error status/schema: "releases.0.state" must be active, deprecated, disabled or yanked, not "yankd" (did you mean "yanked"?)',
    ],
    [
      `releases:\n${ENTRY.replace('05-01', '5-1')}`,
      '5:9 error status/schema: "releases.0.at" must be a day such as 2026-05-01',
    ],
    [`releases:\n${ENTRY.replace('05-01', '02-30')}`, '5:9 error status/bad-date: there is no day "2026-02-30"'],
    [`releases:\n${ENTRY.replace('1.x', 'latest')}`, '2:16 error status/bad-versions: "latest" says no versions'],
    [
      `releases:\n${ENTRY}    state: active\n`,
      '6:5 error status/duplicate-key: the key "state" stands twice, first in line 3',
    ],
    ['releases: 1\n', '1:11 error status/schema: "releases" must be a list, not a number: put it in quotes'],
    [
      '- releases\n',
      '1:1 error status/invalid-yaml: the file is not valid YAML: it holds a list where a mapping is wanted',
    ],
    ['a: b\n', '1:1 error status/schema: the document needs the key "releases"'],
  ])('%j', async (text, wanted) => {
    expect(await said(text)).toContain(wanted);
    expect((await parseStatus(FILE, Buffer.from(text))).entries).toBeUndefined();
  });

  test('says which byte is not UTF-8, and that aliases expand', async () => {
    expect(await said(Buffer.from([0x61, 0xff]))).toEqual([
      'error status/invalid-yaml: the file is not valid YAML: byte 1 is not UTF-8',
    ]);
    const levels = Array.from(
      { length: 8 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    expect(await said(['a0: &a0 [x]', ...levels].join('\n'))).toEqual([
      expect.stringContaining('its aliases expand without bound'),
    ]);
  });

  test('suggests what a misspelt key was meant to be', async () => {
    const { findings } = await parseStatus(FILE, Buffer.from(`releases:\n${ENTRY}    reaplcement: "1.0.0"\n`));
    expect(findings.map(({ args }) => args)).toEqual([{ key: 'reaplcement', suggestion: 'replacement' }]);
  });

  test('names the first fifty of very many', async () => {
    const text = `releases:\n${'  - { versions: latest, state: active }\n'.repeat(500)}`;
    const { findings } = await parseStatus(FILE, Buffer.from(text));
    expect(findings).toHaveLength(51);
    const more = `releases:\n${'  - { versions: "1", state: active }\n'.repeat(501)}`;
    expect(await said(more)).toEqual([expect.stringContaining('status/schema')]);
  });

  test('takes keys that every object has for keys like all others', async () => {
    const text = `__proto__: { releases: [] }\nconstructor: 1\nreleases:\n${ENTRY}    __proto__: { state: active }\n`;
    const { entries, findings } = await parseStatus(FILE, Buffer.from(text));
    expect(entries).toMatchObject([{ state: 'yanked' }]);
    expect(findings.map(({ rule }) => rule)).toEqual(Array.from({ length: 3 }, () => 'status/unknown-key'));
  });

  test('survives whatever stands there', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const entry = fc.record(
      { versions: value, state: fc.oneof(value, fc.constant('yanked')), reason: value, at: value, replacement: value },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.array(fc.oneof(entry, value), { maxLength: 3 }).map((releases) => JSON.stringify({ releases })),
      fc.string({ unit: 'binary', maxLength: 40 }),
      value.map((any) => JSON.stringify(any)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const { entries, findings } = await parseStatus(FILE, Buffer.from(each));
        expect(entries === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
        for (const finding of findings) expect(messageOf(finding).text).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
