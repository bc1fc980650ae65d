import { expect, test } from 'vitest';

import { paramRef } from '../../../../src/check/rules/constraint/param-ref.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const VALUES = `pack:
  namespace: demo
replicas: 2
charts:
  demo:
    requests:
      cpu: 100m
    empty:
    containers:
      - cpu: 1
manifests:
  one: []
  two:
    size: 3
`;

async function found(components: unknown, values: string = VALUES): Promise<unknown[]> {
  const constraints = { resources: [{ type: 'cpu', components }] };
  const pack = await lintPackOf({ manifest: { constraints }, files: { 'values.yaml': values } });
  return [...paramRef(pack)];
}

test('a path that leads nowhere is found at the path', async () => {
  expect(await found([{ resourceRequestParamRef: 'charts.demo.requests.memory' }])).toEqual([
    {
      rule: 'constraint/param-ref',
      severity: 'error',
      file: 'pack.json',
      place: {
        line: 15,
        column: 40,
        endColumn: 69,
        source: '            "resourceRequestParamRef": "charts.demo.requests.memory"',
      },
      args: { key: 'resourceRequestParamRef', path: 'charts.demo.requests.memory', missing: 'memory' },
    },
  ]);
});

test.each<[string, string, string | undefined]>([
  ['requests.cpu', 'requests', 'charts.demo.requests.cpu'],
  ['size', 'size', 'manifests.two.size'],
  ['replica', 'replica', undefined],
  ['charts.other.requests.cpu', 'other', undefined],
  ['charts.demo.empty.cpu', 'cpu', undefined],
  ['charts.demo.containers[1].cpu', '1', undefined],
  ['charts..demo', '', undefined],
  ['constructor', 'constructor', undefined],
])('%s stops at %j, and %s is suggested', async (path, missing, suggestion) => {
  const args = { key: 'replicaCountParamRef', path, missing, ...(suggestion !== undefined && { suggestion }) };
  expect(await found([{ replicaCountParamRef: path }])).toMatchObject([{ args }]);
});

test.each(['replicas', 'charts.demo.requests.cpu', 'charts.demo.empty', 'charts.demo.containers[0].cpu', '', ' '])(
  '%j is in order',
  async (path) => {
    expect(await found([{ resourceRequestParamRef: path, replicaCountParamRef: path }])).toEqual([]);
  },
);

test.each([
  [null],
  ['x'],
  [[null, 1, [], {}]],
  [[{ resourceRequestParamRef: 1 }]],
  [[{ replicaCountParamRef: 'a.'.repeat(1000) }]],
])('what is no list of paths is left to the schema', async (components) => {
  expect(await found(components)).toEqual([]);
});

test.each(['', 'charts: []\nmanifests: x\n', 'charts:\n  demo: x\n'])(
  'values without blocks suggest nothing: %j',
  async (values) => {
    expect(await found([{ replicaCountParamRef: 'replicas' }], values)).toMatchObject([
      { args: { key: 'replicaCountParamRef', path: 'replicas', missing: 'replicas' } },
    ]);
  },
);

test('values that cannot be read say nothing about paths', async () => {
  expect(await found([{ replicaCountParamRef: 'replicas' }], 'a: [')).toEqual([]);
  const pack = await lintPackOf({ files: { 'pack.json': '{' } });
  expect([...paramRef(pack)]).toEqual([]);
});
