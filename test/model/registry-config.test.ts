import { expect, test } from 'vitest';

import { withDefaults } from '../../src/model/registry-config.ts';

test('an empty file gets every default, and no optional key', () => {
  expect(withDefaults({})).toStrictEqual({
    name: 'packs',
    title: 'packs',
    packs: ['packs/*', 'packs/*/*'],
    logoSizes: [48, 128, 256],
    external: [],
    check: { extends: 'recommended', rules: {}, overrides: [], baseline: 'packyard-baseline.json' },
  });
});

test('what is written is kept', () => {
  const written = {
    name: 'community',
    title: 'Community packs',
    description: 'Packs for everyone.',
    homepage: 'https://example.org/',
    repository: 'https://example.org/packs.git',
    packs: ['infra/*'],
    external: ['kubernetes*'],
    check: {
      extends: 'strict',
      rules: { 'readme/missing': 'off' },
      overrides: [{ files: ['packs/old'], rules: { 'image/no-tag': 'error' } }],
      baseline: 'known.json',
    },
  } as const;
  expect(withDefaults({ ...written, logos: { sizes: [64] } })).toStrictEqual({ ...written, logoSizes: [64] });
});

test('the title is the name unless it is given', () => {
  expect(withDefaults({ name: 'community' }).title).toBe('community');
});

test('logo sizes ascend as numbers, each once', () => {
  expect(withDefaults({ logos: { sizes: [256, 48, 1000, 48] } }).logoSizes).toEqual([48, 256, 1000]);
  expect(withDefaults({ logos: {} }).logoSizes).toEqual([48, 128, 256]);
});
