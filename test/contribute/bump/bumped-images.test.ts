import { expect, test } from 'vitest';

import { bumpedImages } from '../../../src/contribute/bump/bumped-images.ts';

const images = (used: readonly string[], optional: readonly string[] = []): Parameters<typeof bumpedImages>[1] => ({
  used,
  optional,
});

function listAfter(listed: readonly string[], before: readonly string[], after: readonly string[]): string[] {
  const { replaced, added } = bumpedImages(listed, images(before), images(after));
  const kept = listed.map((image, index) => (replaced.has(index) ? replaced.get(index) : image));
  return [...kept.filter((image) => image !== undefined), ...added];
}

test.each([
  { what: 'a new tag', listed: ['demo:1'], before: ['demo:1'], after: ['demo:2'], result: ['demo:2'] },
  {
    what: 'the registry as the author writes it',
    listed: ['docker.io/team/demo:1'],
    before: ['team/demo:1'],
    after: ['team/demo:2'],
    result: ['docker.io/team/demo:2'],
  },
  {
    what: "the author's own",
    listed: ['own:3', 'demo:1'],
    before: ['demo:1'],
    after: ['demo:2'],
    result: ['own:3', 'demo:2'],
  },
  {
    what: 'a tag of the author',
    listed: ['demo:1-patched'],
    before: ['demo:1'],
    after: ['demo:2'],
    result: ['demo:1-patched'],
  },
  {
    what: 'an image that is gone',
    listed: ['demo:1', 'old:1'],
    before: ['demo:1', 'old:1'],
    after: ['demo:1'],
    result: ['demo:1'],
  },
  {
    what: 'an image that is new',
    listed: ['demo:1'],
    before: ['demo:1'],
    after: ['demo:1', 'new:1'],
    result: ['demo:1', 'new:1'],
  },
  {
    what: 'what the author left out',
    listed: ['demo:1'],
    before: ['demo:1', 'test:1'],
    after: ['demo:2', 'test:2'],
    result: ['demo:2'],
  },
  {
    what: 'another registry',
    listed: ['demo:1'],
    before: ['demo:1'],
    after: ['quay.io/team/demo:2'],
    result: ['quay.io/team/demo:2'],
  },
  {
    what: 'two tags of one image',
    listed: ['demo:1', 'demo:1-x'],
    before: ['demo:1', 'demo:1-x'],
    after: ['demo:2', 'demo:2-x'],
    result: ['demo:2', 'demo:2-x'],
  },
  { what: 'no tag at all', listed: ['demo:1'], before: ['demo:1'], after: ['demo', 'other'], result: [] },
  {
    what: 'what is no image',
    listed: ['{{ x }}', 'demo:1'],
    before: ['demo:1', '{{ x }}'],
    after: ['demo:2'],
    result: ['{{ x }}', 'demo:2'],
  },
])('$what', ({ listed, before, after, result }) => {
  expect(listAfter(listed, before, after)).toEqual(result);
});

test('a successor may be one that runs with other values only, which is never added', () => {
  expect(bumpedImages(['demo:1'], images([], ['demo:1']), images([], ['demo:2', 'more:1']))).toEqual({
    replaced: new Map([[0, 'demo:2']]),
    added: [],
  });
});
