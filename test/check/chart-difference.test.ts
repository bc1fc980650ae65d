import { expect, test } from 'vitest';

import { chartDifference, type ChartDifference } from '../../src/check/chart-difference.ts';

type Texts = Readonly<Record<string, string | Buffer>>;

function difference(packed: Texts, unpacked: Texts): ChartDifference {
  const [one, other] = [packed, unpacked].map(
    (texts) => new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])),
  );
  return chartDifference(one ?? new Map(), other ?? new Map());
}

const NONE = { changed: [], added: [], removed: [] };

test.each<[string, Texts, Texts]>([
  ['line feeds of another system', { a: '1\n2\n' }, { a: '1\r\n2\r\n' }],
  ['a byte order mark', { a: 'x' }, { a: '\uFEFFx' }],
  ['junk', { 'a.orig': '1', '.DS_Store': 'x' }, { 'a.orig': '2', 'x~': '' }],
  [
    'what .helmignore names',
    { '.helmignore': 'ci/\n*.md\n' },
    { '.helmignore': 'ci/\n*.md\n', 'ci/x.yaml': 'x', 'a.md': '' },
  ],
  ['hidden templates', {}, { 'templates/.hidden': 'x' }],
  ['locks', { 'Chart.lock': '1', 'charts/s/requirements.lock': '1' }, { 'Chart.lock': '2' }],
  ['a subchart that Helm fetched', { 'charts/s/Chart.yaml': 'name: s' }, {}],
  ['a subchart that Helm unpacked', { 'charts/s/Chart.yaml': 'name: s' }, { 'charts/s-1.0.0.tgz': 'x' }],
  ['a subchart that is packed on either side', { 'charts/s-1.0.0.tgz': 'x' }, { 'charts/s-1.0.0.tgz': 'y' }],
  [
    'Chart.yaml as Helm writes it',
    { 'Chart.yaml': 'apiVersion: v1\ndescription: one two\nname: a\nversion: "1.2"\n' },
    {
      'Chart.yaml':
        '# c\nname: a\nversion: 1.2\nengine: gotpl\napiVersion: v1\nicon: ""\ndescription: |\n  one\n  two\n',
    },
  ],
  [
    'requirements in Chart.yaml',
    { 'Chart.yaml': 'name: a\ndependencies:\n- name: b\n  version: 1.x\n' },
    { 'Chart.yaml': 'name: a\n', 'requirements.yaml': 'dependencies:\n  - version: 1.x\n    name: b\n' },
  ],
  ['comments in values.yaml', { 'values.yaml': 'b: 1\na: 2\n' }, { 'values.yaml': '# c\na: 2\nb: 1\n' }],
])('%s is no difference', (_, packed, unpacked) => {
  expect(difference(packed, unpacked)).toEqual(NONE);
});

test.each<[string, Texts, Texts, Partial<ChartDifference>]>([
  ['a template', { 'templates/a': '1' }, { 'templates/a': '2' }, { changed: ['templates/a'] }],
  ['a value', { 'values.yaml': 'a: 1' }, { 'values.yaml': 'a: 2' }, { changed: ['values.yaml'] }],
  ['values that are no YAML', { 'values.yaml': 'a: [' }, { 'values.yaml': 'a: {' }, { changed: ['values.yaml'] }],
  ['Chart.yaml', { 'Chart.yaml': 'appVersion: 1' }, { 'Chart.yaml': 'appVersion: 2' }, { changed: ['Chart.yaml'] }],
  ['a Chart.yaml that is none', { 'Chart.yaml': '- a' }, { 'Chart.yaml': '- b' }, { changed: ['Chart.yaml'] }],
  [
    'files of a subchart that both have unpacked',
    { 'charts/s/a': '1', 'charts/s/b': '' },
    { 'charts/s/a': '2', 'charts/s/c': '' },
    { changed: ['charts/s/a'], added: ['charts/s/c'], removed: ['charts/s/b'] },
  ],
  ['bytes', { a: Buffer.from([0xff, 1]) }, { a: Buffer.from([0xff, 2]) }, { changed: ['a'] }],
  ['what was packed although .helmignore is not there', { x: '' }, {}, { removed: ['x'] }],
])('%s is a difference', (_, packed, unpacked, expected) => {
  expect(difference(packed, unpacked)).toEqual({ ...NONE, ...expected });
});

test('a .helmignore that is made to take long is given up', () => {
  const pattern = `${'*a'.repeat(50)}b\n`.repeat(600);
  const files = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`${'a'.repeat(60)}${at}`, '']));
  expect(difference({}, { '.helmignore': pattern, ...files }).added).toHaveLength(2001);
});
