import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';

import { indentedYaml } from '../../../src/contribute/chart/indented-yaml.ts';
import { valuesText } from '../../../src/contribute/chart/values-text.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';

const LIMITS = { depth: 100, nodes: 100_000 };

test.each([
  { name: 'comments', text: '# one\na: 1 # two\n\n\n# three\n', kept: '# one\na: 1 # two\n\n\n# three\n' },
  {
    name: 'Windows lines and a byte order mark',
    text: '\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n',
    kept: 'a: 1\nb: |\n  x\n  y\n',
  },
  { name: 'document markers', text: '%YAML 1.2\n# head\n---\na: 1\n...\n', kept: '# head\na: 1\n' },
  { name: 'a marker with a comment', text: '--- # values\na: 1\n', kept: '# values\na: 1\n' },
  { name: 'a second document', text: 'a: 1\n---\nb: 2\n', kept: 'a: 1\n' },
  { name: 'anchors', text: 'a: &x {b: 1}\nc: *x\n', kept: 'a: &x {b: 1}\nc: *x\n' },
  { name: 'a kept block scalar at the end', text: 'a: |+\n  x\n\n\n', kept: 'a: |+\n  x\n\n\n' },
  { name: 'blank lines at the end', text: 'a: 1\n\n\n', kept: 'a: 1\n' },
  { name: 'no line feed at the end', text: 'a: 1', kept: 'a: 1\n' },
  { name: 'a block scalar that ends with the file', text: '# c\na: |\n  x', kept: '# c\na: |\n  x\n' },
  { name: 'a flow mapping', text: '{\n  "a": 1\n}\n', kept: '{\n  "a": 1\n}\n' },
  { name: 'comments only', text: '# nothing\n', kept: '# nothing\n' },
  { name: 'blanks only', text: ' \n\n', kept: '' },
  { name: 'nothing', text: '', kept: '' },
])('$name', async ({ text, kept }) => {
  expect(await valuesText(Buffer.from(text))).toMatchObject({ text: kept, remarks: [] });
});

test('a missing file has no values', async () => {
  expect(await valuesText(undefined)).toEqual({ text: '', value: null, remarks: [] });
});

test('what cannot be moved is written anew, without its comments', async () => {
  const found = await valuesText(Buffer.from('%TAG !y! tag:yaml.org,2002:\n---\n# comment\na: !y!str 1\n'));
  expect(found).toEqual({
    text: 'a: "1"\n',
    value: { a: '1' },
    remarks: [
      'The comments of the values of the chart were lost: its values.yaml is not written in a way that can be moved below a key.',
    ],
  });
});

test.each([
  { data: Buffer.from([0x61, 0x3a, 0x20, 0xff]), reason: 'it is not UTF-8 (byte 3)' },
  { data: Buffer.from('a: 1\n\tb: 2\n'), reason: /^it is not valid YAML \(line \d: .+\)$/u },
  { data: Buffer.from('- a\n'), reason: 'it holds no mapping of keys to values' },
  { data: Buffer.from('a: 1\na: 2\n'), reason: 'it is not valid YAML (line 2: duplicated mapping key)' },
  {
    data: Buffer.from(
      `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`).join('')}`,
    ),
    reason: /^it is not valid YAML \(line \d+: its aliases make it too large\)$/u,
  },
  { data: Buffer.alloc(8_388_609, 'a'), reason: "it is larger than 8 MiB, more than a pack's values may take" },
])('what is no values is not taken over: $reason', async ({ data, reason }) => {
  const { text, remarks } = await valuesText(data);
  expect(text).toBe('');
  const [, found = ''] =
    /its values\.yaml cannot be used: (.*)\. Write what shall differ/u.exec(remarks[0] ?? '') ?? [];
  if (typeof reason === 'string') expect(found).toBe(reason);
  else expect(found).toMatch(reason);
});

test('whatever the text is, what is kept of it says the same below a key', async () => {
  const piece = fc.constantFrom(
    'a: 1',
    'b: |',
    '  x',
    '   y',
    '',
    ' ',
    '# c',
    '---',
    '...',
    'c: "d',
    '  e"',
    'f: [1,',
    '  2]',
    'g: >+',
    '\tx',
    'h: &i j',
    'k: *i',
    '%YAML 1.2',
    '\r',
    '"\u2028": \u2028',
  );
  const lines = fc.array(piece, { maxLength: 12 }).map((all) => all.join('\n'));
  const values = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => stringify(value));
  await fc.assert(
    fc.asyncProperty(fc.oneof(lines, values), fc.boolean(), async (text, windows) => {
      const source = windows ? text.replaceAll('\n', '\r\n') : text;
      const found = await valuesText(Buffer.from(source));
      const below = parseYaml(`key:\n${indentedYaml(found.text, 4)}`, LIMITS);
      expect('document' in below && below.document.value).toEqual({ key: found.value });
      const whole = parseYaml(source.replace(/^\uFEFF/u, ''), LIMITS);
      if ('document' in whole && found.remarks.length === 0) expect(found.value).toEqual(whole.document.value);
    }),
    { numRuns: 150 },
  );
});

test('empty lines without end take no longer than others', async () => {
  const lines = '\n'.repeat(1_000_000);
  expect(await valuesText(Buffer.from(`a: 1\n${lines}b: 1\n${lines}`))).toMatchObject({
    text: `a: 1\n${lines}b: 1\n`,
    value: { a: 1, b: 1 },
    remarks: [],
  });
});
