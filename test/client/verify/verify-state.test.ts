import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import type { TestServer } from '../../helpers/http-server.ts';
import { scratch } from '../../helpers/scratch.ts';
import { builtRegistry, editPack, flipped, written } from './built-registry.ts';
import { HASTY, serving } from './served-registry.ts';

const ARTIFACT = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';

describe('a run that was interrupted', () => {
  const artifacts = ({ requests }: TestServer): string[] =>
    requests.map(({ path }) => path).filter((path) => path.endsWith('.tar.gz'));

  /** Stops after the first pack. */
  async function interrupted(location: string, cache: string): Promise<void> {
    const controller = new AbortController();
    const stop = verifyRegistry(location, {
      ...HASTY,
      cache,
      width: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('stop')),
    });
    await expect(stop).rejects.toThrow('stop');
  }

  test('goes on, of a host; one that came to its end leaves nothing', async () => {
    const [server, cache] = [await serving(await builtRegistry()), await scratch()];
    await interrupted(server.url, cache);
    const before = artifacts(server).length;
    expect(before).toBe(3);
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({
      ok: true,
      packs: 2,
      releases: 4,
      resumed: 1,
    });
    expect(artifacts(server).slice(before)).toEqual([`/${ARTIFACT}`]);
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({ resumed: 0 });
    expect(readdirSync(join(cache, 'client', 'verify'))).toEqual([]);
  });

  test('begins anew where that is asked for, after a day, and in a folder', async () => {
    const files = await builtRegistry();
    const [server, folder, cache] = [await serving(files), await written(files), await scratch()];
    await interrupted(server.url, cache);
    expect(await verifyRegistry(server.url, { ...HASTY, cache, resume: false })).toMatchObject({ resumed: 0 });
    await interrupted(server.url, cache);
    const [state = ''] = readdirSync(join(cache, 'client', 'verify'));
    const old = Date.now() / 1000 - 25 * 3600;
    utimesSync(join(cache, 'client', 'verify', state), old, old);
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({ resumed: 0 });
    await interrupted(folder, cache);
    expect(await verifyRegistry(folder, { ...HASTY, cache })).toMatchObject({ resumed: 0 });
    await interrupted(folder, cache);
    expect(await verifyRegistry(folder, { ...HASTY, cache, resume: true })).toMatchObject({ ok: true, resumed: 1 });
  });

  test('does not pass over a pack of which anything was wrong, or that changed since', async () => {
    const files = await builtRegistry();
    const cache = await scratch();
    const sound = files.get('packs/alpha/1.0.0/values.yaml') ?? Buffer.alloc(0);
    files.set('packs/alpha/1.0.0/values.yaml', flipped(sound));
    const server = await serving(files);
    await interrupted(server.url, cache);
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({ ok: false, resumed: 0 });
    files.set('packs/alpha/1.0.0/values.yaml', sound);
    await interrupted(server.url, cache);
    editPack(files, 'alpha', ({ releases }) => (releases[0].annotations = { note: 'new' }));
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({ resumed: 0 });
  });

  test('goes on behind a line that was cut off', async () => {
    const [server, cache] = [await serving(await builtRegistry()), await scratch()];
    await interrupted(server.url, cache);
    const file = join(cache, 'client', 'verify', readdirSync(join(cache, 'client', 'verify'))[0] ?? '');
    writeFileSync(file, `${readFileSync(file, 'utf8')}0123abc`);
    expect(await verifyRegistry(server.url, { ...HASTY, cache })).toMatchObject({ resumed: 1 });
  });

  test('needs no cache that can be written', async () => {
    const folder = await written(await builtRegistry());
    const file = join(await scratch(), 'a file');
    writeFileSync(file, '');
    expect(await verifyRegistry(folder, { cache: file })).toMatchObject({ ok: true });
    expect(existsSync(join(file, 'client', 'verify'))).toBe(false);
  });
});
