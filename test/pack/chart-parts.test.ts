import { expect, test } from 'vitest';

import { chartParts } from '../../src/pack/chart-parts.ts';

function parts(files: Readonly<Record<string, string>>, overrides?: unknown): Record<string, unknown> {
  const all = Object.entries({ 'Chart.yaml': 'name: app\nappVersion: 1.0.0\n', ...files });
  const found = chartParts(new Map(all.map(([path, text]) => [path, Buffer.from(text)])), overrides);
  return Object.fromEntries(found.map(({ root, values }) => [root, values]));
}

const REDIS = { 'charts/redis/Chart.yaml': 'name: redis\n', 'charts/redis/values.yaml': 'a: 1\nb: 2\n' };

test('a chart has its values with others over them', () => {
  expect(parts({ 'values.yaml': 'a: 1\nb: {c: 2}\n' }, { b: { d: 3 } })).toEqual({ '': { a: 1, b: { c: 2, d: 3 } } });
  expect(parts({}, null)).toEqual({ '': undefined });
});

test('a chart inside has its own under what the one around gives it', () => {
  expect(parts({ ...REDIS, 'values.yaml': 'redis: {b: 3}\n' }, { redis: { c: 4 } })['charts/redis/']).toEqual({
    a: 1,
    b: 3,
    c: 4,
  });
});

test('charts inside charts', () => {
  const deep = { 'charts/redis/charts/x/Chart.yaml': 'name: x\n', 'charts/redis/charts/x/values.yaml': 'y: 1\n' };
  expect(parts({ ...deep, ...REDIS }, { redis: { x: { z: 2 } } })['charts/redis/charts/x/']).toEqual({ y: 1, z: 2 });
});

test.each<[string, string, string, boolean]>([
  ['no condition', '', '', true],
  ['a condition that is met', 'condition: redis.enabled', 'redis: {enabled: true}', true],
  ['a condition that is not', 'condition: redis.enabled', 'redis: {enabled: false}', false],
  ['a condition that is not set', 'condition: redis.enabled', 'redis: {}', true],
  ['the first of two that is set', 'condition: x.y, redis.enabled', 'redis: {enabled: false}', false],
  ['a tag that is off', 'tags: [cache]', 'tags: {cache: false}', false],
  ['one of two tags that is on', 'tags: [cache, db]', 'tags: {cache: false, db: true}', true],
  [
    'a condition over a tag',
    'condition: redis.enabled\n    tags: [cache]',
    'redis: {enabled: true}\ntags: {cache: false}',
    true,
  ],
])('%s', (_, dependency, values, isUsed) => {
  const chart = `name: app\ndependencies:\n  - name: redis\n    ${dependency}\n`;
  expect('charts/redis/' in parts({ ...REDIS, 'Chart.yaml': chart, 'values.yaml': values })).toBe(isUsed);
  const old = { ...REDIS, 'Chart.yaml': 'name: app\n', 'requirements.yaml': chart.slice(10), 'values.yaml': values };
  expect('charts/redis/' in parts(old)).toBe(isUsed);
});

test('an alias is the key of the values', () => {
  const chart = 'name: app\ndependencies:\n  - {name: redis, alias: cache}\n';
  const files = new Map(
    Object.entries({ ...REDIS, 'Chart.yaml': chart }).map(([path, text]) => [path, Buffer.from(text)]),
  );
  const [app, redis] = chartParts(files, { cache: { b: 9 }, redis: { b: 8 } });
  expect(app?.dependencyKeys).toEqual(new Set(['cache']));
  expect(redis?.values).toEqual({ a: 1, b: 9 });
});

test('what is in a chart that is off is off', () => {
  const deep = { 'charts/redis/charts/x/Chart.yaml': 'name: x\n' };
  const chart = 'name: app\ndependencies:\n  - {name: redis, condition: r}\n';
  expect(Object.keys(parts({ ...deep, ...REDIS, 'Chart.yaml': chart }, { r: false }))).toEqual(['']);
});

test.each([
  '',
  '[]',
  'name: {toString: 1}',
  'name: app\ndependencies: {}',
  'name: app\ndependencies: [1, null, [], {name: {toString: 1}, condition: [], tags: {}}]',
  'appVersion: {a: 1}',
  '\t',
])('odd metadata does no harm: %j', (chart) => {
  expect(Object.keys(parts({ ...REDIS, 'Chart.yaml': chart, 'charts/redis/Chart.yaml': chart }))).toEqual([
    '',
    'charts/redis/',
  ]);
});

test('thousands of charts inside take no time', () => {
  const many = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`charts/c${index}/Chart.yaml`, 'name: x\n']),
  );
  expect(Object.keys(parts(many)).length).toBe(100);
});
