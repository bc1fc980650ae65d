import { describe, expect, test } from 'vitest';

import { ownValueKeys, takesNone } from '../../src/check/chart-values.ts';
import type { ChartContent } from '../../src/pack/chart-content.ts';

function chart(texts: Readonly<Record<string, string>>): ChartContent {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  return { path: 'a.tgz', folder: 'a', files };
}

test.each<[string, Readonly<Record<string, string>>, readonly string[] | undefined]>([
  ['keys', { 'values.yaml': 'a: 1\nb: {c: 1}\n' }, ['a', 'b']],
  ['nothing', {}, []],
  ['an empty file', { 'values.yaml': '# c\n' }, []],
  ['a list', { 'values.yaml': '- a\n' }, []],
  ['no YAML', { 'values.yaml': 'a: [' }, undefined],
])('own keys: %s', (_, files, keys) => {
  expect(ownValueKeys(chart(files))).toEqual(keys);
});

describe('keys that are taken', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['a value', 'a', { 'values.yaml': 'b: 1\na: 1\n' }],
    ['a value in quotes', 'a', { 'values.yaml': '"a": 1\n' }],
    ['values that cannot be read', 'a', { 'values.yaml': 'b: [' }],
    ['global', 'global', {}],
    ['tags of subcharts', 'tags', {}],
    ['a property of the schema', 'a', { 'values.schema.json': '{"properties": {"a": {}}}' }],
    ['a schema that is put together', 'a', { 'values.schema.json': '{"$ref": "#/x"}' }],
    ['a schema that cannot be read', 'a', { 'values.schema.json': '{' }],
    ['a subchart', 'redis', { 'Chart.yaml': 'dependencies:\n- name: redis\n' }],
    ['its alias', 'cache', { 'Chart.yaml': 'dependencies:\n- name: redis\n  alias: cache\n' }],
    ['its condition', 'withRedis', { 'requirements.yaml': 'dependencies:\n- condition: x.y, withRedis.enabled\n' }],
    ['a subchart that is only there', 'redis', { 'charts/redis/Chart.yaml': '' }],
    ['a subchart that is packed', 'redis', { 'charts/redis-v1.2.3.tgz': '' }],
    ['a template', 'a', { 'templates/x.yaml': '{{ .Values.b.c }} {{ $.Values.a.b }}' }],
    ['a template by index', 'a', { 'templates/x.yaml': '{{ index .Values "a" "b" }}' }],
    ['all values at once', 'a', { 'templates/x.yaml': '{{ toYaml .Values | nindent 2 }}' }],
    ['a file that a template reads', 'a', { 'files/x.conf': '{{ .Values.a }}' }],
    ['a library', 'a', { 'charts/lib/templates/_x.tpl': '{{ .Values.a }}' }],
    ['a packed library', 'a', { 'charts/bjw-common-1.0.0.tgz': '' }],
  ])('%s', (_, key, files) => {
    expect(takesNone(chart(files), ['other', key])).toBe(false);
  });
});

describe('keys that are not taken', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['an empty chart', {}],
    ['a value further in', { 'values.yaml': 'b:\n  a: 1\n' }],
    ['a comment', { 'values.yaml': '# a: 1\n' }],
    ['a longer name', { 'templates/x.yaml': '{{ .Values.ab }} {{ .Valuesa }}', 'values.yaml': 'ab: 1' }],
    ['the README', { 'README.md': '`.Values.a`', 'docs/README.md.gotmpl': '.Values' }],
    [
      'dependencies that are none',
      { 'Chart.yaml': 'dependencies: a', 'requirements.yaml': 'dependencies: [a, {name: [a]}]' },
    ],
    ['a packed subchart', { 'charts/redis-1.0.0.tgz': '' }],
  ])('%s', (_, files) => {
    expect(takesNone(chart(files), ['a'])).toBe(true);
  });
});

test('a template that is made to take long does not', () => {
  const files = { 'templates/x.yaml': `.Values${' '.repeat(1_000_000)}`.repeat(3) };
  expect(takesNone(chart(files), ['a'])).toBe(false);
});
