import { expect, test } from 'vitest';

import { missingPart } from '../../src/check/dotted-path.ts';

const VALUE: unknown = {
  charts: { demo: { list: [{ cpu: 1 }, [2]], 'node.kubernetes.io/role': { x: 1 }, macro: '{{ .spectro.var.x }}' } },
  none: null,
  text: 'plain',
};

test.each([
  'charts',
  ' charts.demo ',
  'none',
  'charts.demo.list[0].cpu',
  'charts.demo.list.0.cpu',
  'charts.demo.list[].cpu',
  'charts.demo.list.$.cpu',
  'charts.demo.list.$[].cpu',
  'charts.demo.list[1][0]',
  'charts.demo.node.kubernetes.io/role.x',
  'charts.demo.macro.cpu',
])('%s is there', (path) => {
  expect(missingPart(VALUE, path)).toBeUndefined();
});

test.each([
  ['chart', 'chart'],
  ['charts.demo.list[2].cpu', '2'],
  ['charts.demo.list.cpu', 'cpu'],
  ['charts.demo.list[0].memory', 'memory'],
  ['charts.demo.node.kubernetes.io', 'node'],
  ['none.x', 'x'],
  ['text.x', 'x'],
  ['text.length', 'length'],
  ['charts.demo.list.length', 'length'],
  ['__proto__', '__proto__'],
  ['charts.', ''],
  ['', ''],
])('%s stops at %j', (path, part) => {
  expect(missingPart(VALUE, path)).toBe(part);
});

test.each([null, undefined, 1, 'x', []])('%j has nothing', (value) => {
  expect(missingPart(value, 'a.b')).toBe('a');
});
