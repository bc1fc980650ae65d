import { expect, test } from 'vitest';

import { withDefaults } from '../../src/model/registry-config.ts';

test('an empty file gets every default, and no optional key', () => {
  expect(withDefaults({})).toStrictEqual({
    name: 'packs',
    title: 'packs',
    packs: ['packs/*', 'packs/*/*'],
    logoSizes: [48, 128, 256],
    external: [],
    history: 'head',
    onRemove: 'keep',
    limits: {},
    outputs: { hosts: [] },
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
    history: 'all',
    onRemove: 'drop',
    limits: { site: 1_000_000_000 },
    outputs: { hosts: ['nginx', 's3'] },
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

test.each<[number | string, number]>([
  [1, 1],
  [1_073_741_824, 1_073_741_824],
  ['1GB', 1_000_000_000],
  ['900 MiB', 943_718_400],
])('a limit of %j', (site, bytes) => {
  expect(withDefaults({ limits: { site } }).limits).toEqual({ site: bytes });
});

test('no limit unless it is given', () => {
  expect(withDefaults({ limits: {} }).limits).toStrictEqual({});
});

test('no hosts unless they are named', () => {
  expect(withDefaults({ outputs: {} }).outputs).toStrictEqual({ hosts: [] });
});
