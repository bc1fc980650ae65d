import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';
import { publishTo } from './publish-to.ts';

describe('the look at a place after publishing', () => {
  test('asks for everything new, and finds it', async () => {
    const { folders } = await builtCommits(2);
    const target = join(await scratch(), 'site');
    await publishTo(target, folders[0] ?? '');
    const host = await staticHost(target);
    const { probe, uploaded } = await publishTo(target, folders[1] ?? '', { url: host.url });
    expect(probe).toEqual({ url: host.url, ok: true, index: 'live', links: uploaded.files, problems: [] });
    expect(new Set(host.requests()).size).toBe(uploaded.files);
    const again = await publishTo(target, folders[1] ?? '', { url: host.url });
    expect(again.probe).toMatchObject({ ok: true, index: 'live', links: 0 });
  });

  test('says what readers do not get', async () => {
    const { folders } = await builtCommits(2);
    const base = await scratch();
    const [target, elsewhere] = [join(base, 'site'), join(base, 'elsewhere')];
    const host = await staticHost(elsewhere);
    const nothing = await publishTo(target, folders[0] ?? '', { url: host.url, patience: 0 });
    expect(nothing.probe).toMatchObject({ ok: false, index: 'missing' });
    expect(nothing.probe?.problems).toContainEqual({ address: `${host.url}index.json`, message: 'is not there' });
    expect(nothing.probe?.problems).toContainEqual({
      address: `${host.url}search.json`,
      message: 'is not there: the host answers 404',
    });
    await publishTo(elsewhere, folders[0] ?? '');
    rmSync(join(elsewhere, 'history'), { recursive: true });
    const behind = await publishTo(target, folders[1] ?? '', { url: host.url, patience: 0 });
    expect(behind.probe).toMatchObject({ ok: false, index: 'behind' });
    writeFileSync(join(elsewhere, 'index.json'), '<html>');
    const other = await publishTo(target, folders[1] ?? '', { url: host.url, patience: 0 });
    expect(other.probe).toMatchObject({ ok: false, index: 'other' });
  });

  test('waits for a host that is behind', async () => {
    const { folders } = await builtCommits(1);
    const target = join(await scratch(), 'site');
    const host = await staticHost(target);
    let refused = 0;
    const { probe } = await publishTo(target, folders[0] ?? '', {
      url: host.url,
      fetch(url, options) {
        if (url.pathname !== '/index.json' || refused === 2) return fetch(url, options);
        refused += 1;
        return Promise.resolve(new Response(null, { status: 404 }));
      },
    });
    expect({ ok: probe?.ok, refused }).toEqual({ ok: true, refused: 2 });
  });

  test('needs an address', async () => {
    const { folders } = await builtCommits(1);
    const target = join(await scratch(), 'site');
    expect(await failureOf(publishTo(target, folders[0] ?? '', { url: '/srv/packs' }))).toEqual({
      code: 'usage',
      message: '--url is no address that begins with https:// or http://.',
      hint: 'It is where readers find the registry: https://packs.example.org/.',
    });
    expect(existsSync(target)).toBe(false);
  });
});
