import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { DraftImage } from '../../../src/contribute/draft-part.ts';
import { listedImages, valuesText, type ValuesParts } from '../../../src/contribute/new/values-text.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';

const NOTHING: ValuesParts = {
  packLines: [],
  images: [],
  optionalImages: [],
  charts: new Map(),
  manifests: new Map(),
  sections: '',
  listsImages: false,
};

function valueOf(parts: Partial<ValuesParts>): unknown {
  const parsed = parseYaml(valuesText({ ...NOTHING, ...parts }), { depth: 50, nodes: 10_000 });
  if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problem));
  return parsed.document.value;
}

test('nothing at all', () => {
  expect(valuesText(NOTHING)).toBe('pack: {}\n');
});

test('images stand in full, each once, and what needs a look is said', () => {
  const from = 'charts/a.tgz: values.yaml';
  const images = ['nginx:1', 'docker.io/library/nginx:1', 'quay.io/a/b', 'quay.io/a/c:latest', '{{ .x }}'];
  expect(listedImages(images.map((image) => ({ image, from })))).toEqual([
    { image: 'docker.io/library/nginx:1', from },
    { image: 'quay.io/a/b', from, problem: 'Nothing says which tag is used.' },
    { image: 'quay.io/a/c:latest', from, problem: 'The tag latest means another image every day.' },
    { image: '{{ .x }}', from, problem: 'This is no image reference.' },
  ]);
  expect(valueOf({ images: images.map((image) => ({ image, from: 'a\nb: c' })) })).toEqual({
    pack: {
      content: {
        images: ['docker.io/library/nginx:1', 'quay.io/a/b', 'quay.io/a/c:latest', '{{ .x }}'].map((image) => ({
          image,
        })),
      },
    },
  });
});

test('images that other values turn on stand in comments, less those that are listed', () => {
  const named = (...images: readonly string[]): DraftImage[] => images.map((image) => ({ image, from: 'a' }));
  const optionalImages = named('nginx:1', 'quay.io/a/b', 'docker.io/library/nginx:1', 'busybox');
  expect(valuesText({ ...NOTHING, images: named('busybox:1', 'nginx:1'), optionalImages })).toBe(`pack:
  content:
    images:
      - image: docker.io/library/busybox:1
      - image: docker.io/library/nginx:1
      # Used with other values only:
      # - image: quay.io/a/b
      # - image: docker.io/library/busybox
`);
});

test('values of charts and manifests keep their comments, and those without any are empty', () => {
  const charts = new Map([
    ['a', '# first\nx: 1 # behind\n\ntext: |\n  two\n   lines\n'],
    ['b', '# nothing but this\n'],
    ['no', ''],
  ]);
  const text = valuesText({ ...NOTHING, charts, manifests: new Map([['m', 'y: 2\n']]) });
  expect(text).toContain('charts:\n  a:\n    # first\n    x: 1 # behind\n\n    text: |\n      two\n       lines\n');
  expect(valueOf({ charts, manifests: new Map([['m', 'y: 2\n']]) })).toEqual({
    pack: {},
    charts: { a: { x: 1, text: 'two\n lines\n' }, b: {}, no: {} },
    manifests: { m: { y: 2 } },
  });
});

test('whatever names and images are, the text is the YAML that is meant', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.constantFrom('on', 'null', '1', 'a: b', '# x', '- y'),
  );
  fc.assert(
    fc.property(name, name, name, fc.boolean(), (namespace, chart, image, listsImages) => {
      const images = [{ image, from: namespace }];
      const value = valueOf({ namespace, images, charts: new Map([[chart, 'a: 1\n']]), listsImages });
      const [listed] = listedImages(images);
      expect(value).toEqual({
        pack: { namespace, content: { images: [{ image: listed?.image }] } },
        charts: Object.fromEntries([[chart, { a: 1 }]]),
      });
    }),
  );
});
