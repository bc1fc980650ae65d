import { expect, test } from 'vitest';

import { valueImages } from '../../src/pack/value-images.ts';

const HASH = `sha256:${'0'.repeat(64)}`;

function imagesOf(values: unknown, appVersion?: string): string[] {
  return Array.from(valueImages(values, { appVersion, work: { left: 1000 } }), ({ image, key }) => `${key} ${image}`);
}

test.each<[string, unknown, string[]]>([
  ['text', { image: 'team/app:1' }, ['image team/app:1']],
  ['text with a tag beside it', { image: 'team/app', tag: 'v1' }, ['image team/app:v1']],
  ['text with a number as tag', { image: 'team/app', imageTag: 1.5 }, ['image team/app:1.5']],
  ['text without a tag', { image: 'team/app' }, ['image team/app']],
  ['text with a tag of its own', { image: 'team/app:1', tag: '2' }, ['image team/app:1']],
  ['text with a digest', { image: `app@${HASH}`, tag: '2' }, [`image app@${HASH}`]],
  ['a key that ends so', { a: { initImage: 'app:1', initImageTag: '2' } }, ['a.initImage app:1']],
  ['such a key with its tag', { initImage: 'app', initImageTag: '2' }, ['initImage app:2']],
  ['parts', { image: { registry: 'quay.io', repository: 'team/app', tag: '1' } }, ['image quay.io/team/app:1']],
  ['parts without a registry', { image: { repository: 'quay.io/app', tag: '1' } }, ['image quay.io/app:1']],
  ['a registry written twice', { image: { registry: 'a.io', repository: 'b.io/app', tag: '1' } }, ['image b.io/app:1']],
  [
    'the registry that is the default',
    { image: { registry: null, defaultRegistry: 'a.io', repository: 'app', tag: '1' } },
    ['image a.io/app:1'],
  ],
  ['an empty tag', { image: { repository: 'team/app', tag: '' } }, ['image team/app:9.9']],
  ['no tag', { image: { repository: 'team/app' } }, ['image team/app:9.9']],
  ['a digest', { image: { repository: 'app', digest: HASH } }, [`image app@${HASH}`]],
  ['tag and digest', { image: { repository: 'app', tag: '1', digest: HASH } }, [`image app:1@${HASH}`]],
  [
    'repository and image',
    { operator: { repository: 'nvcr.io/x', image: 'app', version: 'v1' } },
    ['operator nvcr.io/x/app:v1'],
  ],
  ['registry and image', { a: { registry: 'nvcr.io/', image: 'app', tag: 'v1' } }, ['a nvcr.io/app:v1']],
  ['repository and tag under any key', { app: { repository: 'team/app', tag: '1' } }, ['app team/app:1']],
  ['lists', { list: [{ image: 'a:1' }, { image: 'b:1' }] }, ['list.0.image a:1', 'list.1.image b:1']],
  ['a group of images', { image: { csi: { repository: 'a', tag: '1' } } }, ['image.csi a:1']],
])('%s', (_, values, images) => {
  expect(imagesOf(values, '9.9')).toEqual(images);
});

test.each<[string, unknown]>([
  ['what is turned off', { metrics: { enabled: false, image: 'a:1', deep: { image: 'b:1' } } }],
  ['what is turned off in other words', { a: { enable: false, image: 'a:1' }, b: { install: false, image: 'b:1' } }],
  ['tests', { testFramework: { image: 'a:1' }, test: { image: 'a:1' }, tests: { image: 'a:1' } }],
  ['repositories of charts', { chart: { repository: 'https://charts.example.com', version: '1' } }],
  ['a word alone', { image: 'default' }],
  ['templates', { image: '{{ .Values.x }}/a:1' }],
  ['templates in parts', { image: { repository: '{{ .Values.x }}/a', tag: '1' } }],
  ['empty text', { image: '', initImage: '' }],
  ['addresses', { image: 'https://example.com/logo.png' }],
  ['other kinds', { image: 7, initImage: null, image2: [], imagePullSecrets: ['a/b'] }],
  ['parts of other kinds', { image: { repository: ['a'], tag: {} } }],
  ['no mapping', 'image: a:1'],
  ['nothing', null],
])('%s are left out', (_, values) => {
  expect(imagesOf(values)).toEqual([]);
});

test('keys at the top may be left out', () => {
  const values = { redis: { image: 'a:1' }, own: { redis: { image: 'b:1' } } };
  const images = valueImages(values, { without: new Set(['redis']), work: { left: 100 } });
  expect(Array.from(images, ({ image }) => image)).toEqual(['b:1']);
});

test('only so many values are looked at', () => {
  const values = { list: Array.from({ length: 100_000 }, (_, index) => ({ image: `a:${index}` })) };
  const work = { left: 1000 };
  expect([...valueImages(values, { work })].length).toBeLessThan(1000);
  expect(work.left).toBe(-1);
});

test('keys of objects are no values', () => {
  const values: unknown = JSON.parse('{"__proto__": {"image": "a:1"}, "image": {"constructor": 1, "toString": 2}}');
  expect(imagesOf(values)).toEqual(['__proto__.image a:1']);
});
