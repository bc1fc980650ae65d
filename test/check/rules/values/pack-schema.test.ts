import { expect, test } from 'vitest';

import { packSchema } from '../../../../src/check/rules/values/pack-schema.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(values: string): Promise<Finding[]> {
  return packSchema(await lintPackOf({ files: { 'values.yaml': values } }));
}

test('what does not fit is found at its place', async () => {
  expect(await found('pack:\n  namespace: [demo]\n')).toEqual([
    {
      rule: 'values/pack-schema',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 14, endColumn: 15, source: '  namespace: [demo]' },
      args: { pointer: '/pack/namespace', expected: 'must be a string, not a list' },
    },
  ]);
});

test('a key that is not known is found at the key', async () => {
  expect(await found('pack:\n  content:\n    images:\n      - iamge: nginx:1.27.0\n')).toEqual([
    {
      rule: 'values/pack-unknown-key',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 4, column: 9, endColumn: 14, source: '      - iamge: nginx:1.27.0' },
      args: { key: 'iamge', suggestion: 'image' },
    },
  ]);
});

test.each([
  ['pack: text\n', '/pack', 'must be an object, not a string'],
  ['pack: []\n', '/pack', 'must be an object, not a list'],
  ['pack: {content: {images: [nginx]}}\n', '/pack/content/images/0', 'must be an object, not a string'],
  [
    'pack: {content: {images: [{image: {{ .x }}}]}}\n',
    '/pack/content/images/0/image',
    'must be a string, not an object',
  ],
  ['pack: {releaseNameOverride: {"a/b": 1}}\n', '/pack/releaseNameOverride/a~1b', 'must be a string, not a number'],
  [
    'pack: {namespaceLabels: {a: {b: c}}}\n',
    '/pack/namespaceLabels/a',
    'must be a string, a number or true or false, not an object',
  ],
])('%j', async (values, pointer, expected) => {
  expect((await found(values)).map(({ args }) => args)).toEqual([{ pointer, expected }]);
});

test.each([
  '',
  'pack:\n',
  'charts: {}\n',
  'pack: {content: {namespace: told by another rule}}\n',
  'pack: {content: {images: , charts: [{repo: x, name: a, version: 1.5}]}}\n',
  'pack: {spectrocloud.com/install-priority: 10, spectrocloud.com/display-name: x}\n',
  'pack: {namespace: "{{ .spectro.var.ns }}", namespaceLabels: {a: true}, additionalNamespaces: {}}\n',
  'pack: {k8sHardening: True, podCIDR: 192.168.0.0/16, palette: {config: {any: thing}}}\n',
  'a: [',
])('nothing to say of %j', async (values) => {
  expect(await found(values)).toEqual([]);
});

test('of many problems the first fifty are shown', async () => {
  const images = Array.from({ length: 5000 }, () => '1');
  expect(await found(`pack: {content: {images: [${images.join(', ')}]}}\n`)).toHaveLength(51);
});
