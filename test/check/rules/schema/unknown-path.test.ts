import { expect, test } from 'vitest';

import { unknownPath } from '../../../../src/check/rules/schema/unknown-path.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const VALUES = 'charts:\n  demo:\n    port: 80\n    servers:\n      - name: a\n    config.d: { x: 1 }\n';
const PRESETS =
  'presets:\n  - name: big\n    add: |\n      charts:\n        demo:\n          replicas: 3\n  - add: "["\n';

async function found(paths: readonly string[], files: FileMap = {}): Promise<Finding[]> {
  const schema = paths.map((path) => `${JSON.stringify(path)}:\n  schema: '{{ required }}'\n`).join('');
  const all = { 'values.yaml': VALUES, 'presets.yaml': PRESETS, 'schema.yaml': schema, ...files };
  return [...unknownPath(await lintPackOf({ files: all }))];
}

test('paths into the values and into what a preset adds are known', async () => {
  expect(
    await found(['charts.demo.port', 'charts.demo.servers.$[].name', 'charts.demo.config.d.x', 'charts.demo.replicas']),
  ).toEqual([]);
});

test('a path that leads nowhere is told with its place and the nearest one', async () => {
  expect(await found(['charts.demo.ports'])).toEqual([
    {
      rule: 'schema/unknown-path',
      severity: 'error',
      file: 'schema.yaml',
      place: { line: 1, column: 2, endColumn: 19, source: '"charts.demo.ports":' },
      args: { path: 'charts.demo.ports', deepest: 'charts.demo', suggestion: 'charts.demo.port' },
    },
  ]);
});

test.each<[string, object]>([
  ['port', { deepest: '' }],
  ['chart.demo.port', { deepest: '', suggestion: 'charts.demo.port' }],
  ['charts.demo.port.number', { deepest: 'charts.demo.port' }],
  ['charts.demo.servers.$[].host', { deepest: 'charts.demo.servers.$[]' }],
  ['__proto__', { deepest: '' }],
])('%s', async (path, args) => {
  expect((await found([path])).map((finding) => finding.args)).toEqual([{ path, ...args }]);
});

test.each<FileMap>([
  { 'values.yaml': 'a: [' },
  { 'values.yaml': null },
  { 'schema.yaml': 'a: [' },
  { 'schema.yaml': '- port' },
  { 'schema.yaml': null },
])('without values or schema there is nothing to say: %j', async (files) => {
  expect(await found(['port'], files)).toEqual([]);
});

test('presets that cannot be read add nothing', async () => {
  expect(await found(['charts.demo.replicas'], { 'presets.yaml': 'presets: [' })).toHaveLength(1);
});
