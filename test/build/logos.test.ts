import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { expect, test } from 'vitest';

import { builderOf } from '../helpers/build-registry.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { png } from '../helpers/png.ts';
import { filesOf, readPackDocument } from '../helpers/registry-tree.ts';

async function built(files: FileMap): Promise<string> {
  const { out, build } = await builderOf(await gitRepository(files));
  expect(await build()).toMatchObject({ ok: true, findings: [] });
  return out;
}

const logosIn = (out: string): string[] => filesOf(out).filter((path) => path.startsWith('logos/'));

test('a pack without a logo gets one, of its own', async () => {
  const out = await built({
    ...packFiles('packs/a', { name: 'alpha' }),
    ...packFiles('packs/b', { name: 'beta' }),
    ...packFiles('packs/b2', { name: 'beta', version: '2.0.0' }),
  });
  expect(logosIn(out)).toHaveLength(12);
  const [newer, older] = readPackDocument(out, 'beta').releases;
  expect(newer?.logo).toEqual(older?.logo);
  expect(newer?.logo).not.toEqual(readPackDocument(out, 'alpha').releases[0]?.logo);
});

test('a logo that packs share is stored once', async () => {
  const files = { 'logo.png': png(64, 64) };
  const out = await built({
    ...packFiles('packs/a', { name: 'alpha', files }),
    ...packFiles('packs/b', { name: 'beta', files }),
    ...packFiles('packs/c', { name: 'gamma', files: { 'logo.jpg': png(64, 64) } }),
  });
  expect(new Set(logosIn(out).map((path) => path.replace(/.*-/u, '')))).toEqual(
    new Set(['48.png', '48.webp', '128.png', '128.webp', '256.png', '256.webp']),
  );
  const logos = ['alpha', 'beta', 'gamma'].map((name) => readPackDocument(out, name).releases[0]?.logo);
  expect(new Set(logos.map((logo) => JSON.stringify(logo))).size).toBe(1);
});

test('sizes are those of registry.yaml, and pictures are squares that were never enlarged', async () => {
  const out = await built({
    ...packFiles('packs/demo', { files: { 'logo.png': png(100, 50) } }),
    'registry.yaml': 'logos:\n  sizes: [200, 32, 64, 32]\n',
  });
  const { logo = {}, logoWebp = {} } = readPackDocument(out, 'demo').releases[0] ?? {};
  expect(Object.keys(logo)).toEqual(['32', '64', '200']);
  expect(Object.keys(logoWebp)).toEqual(['32', '64', '200']);
  for (const [size, path] of [...Object.entries(logo), ...Object.entries(logoWebp)]) {
    const { width, height, format } = await sharp(readFileSync(join(out, path))).metadata();
    const side = Math.min(Number(size), 100);
    expect({ path, width, height, format }).toEqual({
      path,
      width: side,
      height: side,
      format: path.split('.').at(-1),
    });
  }
});

test('other sizes are made from what was kept of nothing else', async () => {
  const repository = await gitRepository(packFiles('packs/demo'));
  const { out, build } = await builderOf(repository);
  await build();
  repository.commit({ 'registry.yaml': 'logos:\n  sizes: [16]\n' });
  expect(await build()).toMatchObject({ ok: true });
  expect(
    logosIn(out)
      .map((path) => path.replace(/.*-/u, ''))
      .toSorted(),
  ).toEqual(['16.png', '16.webp']);
});
