import { expect, test } from 'vitest';

import { unknownRemove } from '../../../../src/check/rules/presets/unknown-remove.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const VALUES = 'charts:\n  demo:\n    port: 80\n';

async function found(presets: string, files: FileMap = {}): Promise<Finding[]> {
  const all = { 'values.yaml': VALUES, 'presets.yaml': presets, ...files };
  return [...unknownRemove(await lintPackOf({ files: all }))];
}

test.each([
  'presets: [{ name: a, remove: [charts.demo.port, charts.demo] }]',
  'presets: [{ name: a, remove: [extra.x] }, { name: b, add: "extra: { x: 1 }" }]',
  'presets: [{ name: a, remove: [1, ""] }, { remove: a }, null]',
  'presets: 1',
  'a: [',
])('nothing to say of %j', async (presets) => {
  expect(await found(presets)).toEqual([]);
});

test('a path that is not there is told at its place', async () => {
  expect(await found('presets:\n  - name: a\n    remove:\n      - "charts.demo.ports"\n')).toEqual([
    {
      rule: 'presets/unknown-remove',
      severity: 'error',
      file: 'presets.yaml',
      place: { line: 4, column: 10, endColumn: 27, source: '      - "charts.demo.ports"' },
      args: { name: 'a', path: 'charts.demo.ports', deepest: 'charts.demo' },
    },
  ]);
});

test('without values there is nothing to say', async () => {
  expect(await found('presets: [{ remove: [a] }]', { 'values.yaml': 'a: [' })).toEqual([]);
});
