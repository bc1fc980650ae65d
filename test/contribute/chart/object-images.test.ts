import { expect, test } from 'vitest';

import { objectImages } from '../../../src/contribute/chart/object-images.ts';
import { UNKNOWN_MARK } from '../../../src/contribute/chart/template/unknown.ts';

const imagesOf = (text: string, left = 10_000): string[] => [...objectImages(text, { left })];

test.each([
  ['in parts', 'spec:\n  image:\n    repository: quay.io/a\n    tag: "1"\n', ['quay.io/a:1']],
  ['with a name', 'agentImage:\n  repository: quay.io/a\n  name: b\n  version: v2\n', ['quay.io/a/b:v2']],
  ['in a list', 'list:\n  - image: { repository: quay.io/a, tag: x }\n    repository: y\n', ['quay.io/a:x']],
  ['of several documents', 'a: 1\n---\nimage:\n  repository: quay.io/a\n  tag: "1"\n---\n[\n', ['quay.io/a:1']],
  ['that are not known', `image:\n  repository: quay.io/${UNKNOWN_MARK}\n  tag: "1"\n`, []],
  ['in what is no YAML', 'image: [\n  repository: quay.io/a\n', []],
  ['in text without parts', 'image: quay.io/a:1\n', []],
])('images %s', (_, text, images) => {
  expect(imagesOf(text)).toEqual(images);
});

test('only so many values are looked at', () => {
  const image = 'image:\n  repository: quay.io/a\n  tag: "1"\n';
  expect(imagesOf(image, 1)).toEqual([]);
  expect(imagesOf(image, -1)).toEqual([]);
});
