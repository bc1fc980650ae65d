import { expect, test } from 'vitest';

import { lookUpPath, lookUpPathIn } from '../../src/pack/values-path.ts';

const VALUES = {
  charts: {
    demo: { port: 80, nothing: null, 'config.d': { 'a.b': 1 }, servers: [{ name: 'a' }, { host: 'b' }], none: [] },
    'demo.config': { d: { c: 2 } },
  },
};

test.each([
  'charts',
  'charts.demo.port',
  'charts.demo.nothing',
  'charts.demo.config.d.a.b',
  'charts.demo.config.d.c',
  'charts.demo.servers.$[].name',
  'charts.demo.servers.$[].host',
  'charts.demo.servers.$[]',
  'charts.demo.servers.1.host',
  'charts.demo.none.$[].anything',
])('%s is there', (path) => {
  expect(lookUpPath(VALUES, path).found).toBe(true);
});

test.each([
  ['', ''],
  ['chart', ''],
  ['charts.demo.ports', 'charts.demo'],
  ['charts.demo.port.number', 'charts.demo.port'],
  ['charts.demo.nothing.more', 'charts.demo.nothing'],
  ['charts.demo.config.d.e', 'charts.demo.config.d'],
  ['charts.demo.servers.name', 'charts.demo.servers'],
  ['charts.demo.servers.2', 'charts.demo.servers'],
  ['charts.demo.servers.$[].port', 'charts.demo.servers.$[]'],
  ['charts.demo.$[]', 'charts.demo'],
  ['charts.__proto__', 'charts'],
  ['charts.demo.toString', 'charts.demo'],
])('%s is not there, and leads as far as %j', (path, deepest) => {
  expect(lookUpPath(VALUES, path)).toMatchObject({ found: false, deepest });
});

test.each([null, undefined, 1, 'charts', []])('nothing is found in %j', (root) => {
  expect(lookUpPath(root, 'charts')).toEqual({ found: false, deepest: '', value: root });
});

test('in several values the first that has the path counts, and otherwise the furthest', () => {
  expect(lookUpPathIn([{ a: 1 }, { a: { b: 2 } }], 'a.b')).toMatchObject({ found: true, value: 2 });
  expect(lookUpPathIn([{ x: 1 }, { a: { b: 2 } }, { a: 1 }], 'a.b.c')).toMatchObject({ found: false, deepest: 'a.b' });
  expect(lookUpPathIn([], 'a')).toEqual({ found: false, deepest: '', value: undefined });
});

test('a search that takes too long ends as found', () => {
  const root = { list: Array.from({ length: 100_000 }, () => ({ other: 1 })) };
  const budget = { steps: 1000 };
  expect(lookUpPath(root, 'list.$[].name', budget).found).toBe(true);
  expect(budget.steps).toBeLessThanOrEqual(0);
});

test('a path with no end of dots is not there', () => {
  expect(lookUpPath(VALUES, 'a.'.repeat(1_000_000)).found).toBe(false);
  expect(lookUpPath(VALUES, 'a'.repeat(1_000_000)).found).toBe(false);
});
