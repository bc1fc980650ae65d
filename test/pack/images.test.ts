import { expect, test } from 'vitest';

import { imagesOf } from '../../src/pack/images.ts';

test('images are listed in their order, each once, and what is no image is left out', () => {
  const images = [
    { image: 'b:1' },
    { image: 'a:1' },
    { image: 'b:1' },
    { iamge: 'c:1' },
    { image: 7 },
    { image: '' },
    'd:1',
    null,
  ];
  expect(imagesOf({ pack: { content: { images } } })).toEqual(['b:1', 'a:1']);
});

test.each([
  null,
  undefined,
  'text',
  [],
  { pack: null },
  { pack: { content: [] } },
  { pack: { content: { images: {} } } },
])('%j lists none', (values) => {
  expect(imagesOf(values)).toEqual([]);
});
