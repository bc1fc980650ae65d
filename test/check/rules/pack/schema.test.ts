import { expect, test } from 'vitest';

import { schema } from '../../../../src/check/rules/pack/schema.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { packOf } from '../../../helpers/pack-of.ts';

async function found(manifest: Readonly<Record<string, unknown>>): Promise<Finding[]> {
  return schema(await packOf({ manifest }));
}

test('a pack that is in order has no findings', async () => {
  expect(await found({})).toEqual([]);
});

test('what does not fit is an error at its place', async () => {
  expect(await found({ layer: 'adon' })).toEqual([
    {
      rule: 'pack/schema',
      severity: 'error',
      file: 'pack.json',
      place: { line: 5, column: 12, endColumn: 18, source: '  "layer": "adon",' },
      args: {
        pointer: '/layer',
        expected: 'must be kernel, os, k8s, cni, csi or addon, not "adon" (did you mean "addon"?)',
      },
    },
  ]);
});

test('what is missing is an error at what lacks it', async () => {
  const findings = await found({ name: undefined, constraints: { dependencies: [{ packName: 'x', layer: 'os' }] } });
  expect(findings.map(({ place, args }) => [place?.line, args])).toEqual([
    [1, { pointer: '', expected: 'needs the key "name"' }],
    [10, { pointer: '/constraints/dependencies/0', expected: 'needs the key "type"' }],
  ]);
});

test('a key that is not known is a warning at the key', async () => {
  expect(await found({ comit_msg: 'x', chart: [] })).toEqual([
    {
      rule: 'pack/unknown-key',
      severity: 'warning',
      file: 'pack.json',
      place: { line: 9, column: 3, endColumn: 14, source: '  "comit_msg": "x",' },
      args: { key: 'comit_msg' },
    },
    {
      rule: 'pack/unknown-key',
      severity: 'warning',
      file: 'pack.json',
      place: { line: 10, column: 3, endColumn: 10, source: '  "chart": []' },
      args: { key: 'chart', suggestion: 'charts' },
    },
  ]);
});

test('a slash in a key does not confuse the path', async () => {
  const [finding, ...more] = await found({ annotations: { 'a/b~c': 1 } });
  expect(finding?.args).toEqual({ pointer: '/annotations/a~1b~0c', expected: 'must be a string, not a number' });
  expect(finding?.place?.source).toBe('    "a/b~c": 1');
  expect(more).toEqual([]);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect(await schema(await packOf({ files: { 'pack.json': '[]' } }))).toEqual([]);
});

test('a misspelt key inside a constraint is a warning at its place', async () => {
  const dependency = { packName: 'kubernetes', layer: 'k8s', type: 'required', minVerison: '1.30' };
  const constraints = { dependancies: [], dependencies: [dependency] };
  const findings = await found({ constraints });
  expect(findings.map(({ rule, severity, args, place }) => [rule, severity, args, place?.source.trim()])).toEqual([
    ['pack/unknown-key', 'warning', { key: 'dependancies', suggestion: 'dependencies' }, '"dependancies": [],'],
    ['pack/unknown-key', 'warning', { key: 'minVerison', suggestion: 'minVersion' }, '"minVerison": "1.30"'],
  ]);
});

test('of a hundred thousand problems the first fifty are shown, and that there are more', async () => {
  const findings = await found({ cloudTypes: Array.from({ length: 100_000 }, () => 1) });
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)).toEqual({
    rule: 'pack/more-findings',
    severity: 'error',
    file: 'pack.json',
    args: { limit: 50, of: 'pack/schema' },
  });
});
