import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { contentOf } from '../../src/model/content.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf } from '../../src/model/entry-of.ts';
import { openDirectoryStore } from '../../src/publish/directory-store.ts';
import type { StoredFile } from '../../src/publish/store.ts';
import { failureOf } from '../helpers/rejection.ts';
import { POSIX } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';

function file(path: string, text: string): Entry {
  return entryOf(path, contentOf(Buffer.from(text)), 'revalidate');
}

async function listed(files: AsyncIterable<StoredFile>): Promise<readonly StoredFile[]> {
  const all: StoredFile[] = [];
  for await (const each of files) all.push(each);
  return all;
}

describe('a folder as a store', () => {
  test('keeps conditions, whoever else is at it', async () => {
    const folder = join(await scratch(), 'site');
    const stores = await Promise.all([1, 2, 3, 4].map(() => openDirectoryStore(folder)));
    const absent = { kind: 'absent' } as const;
    const first = await Promise.all(stores.map((store, n) => store.put(file('index.json', `${n}`), absent)));
    expect(first.filter((outcome) => outcome === 'written')).toHaveLength(1);
    const { bytes, etag = '' } = (await stores[0]?.read('index.json', 10)) ?? {};
    expect(Buffer.from(bytes ?? []).toString()).toBe(String(first.indexOf('written')));
    const condition = { kind: 'unchanged', etag } as const;
    const second = await Promise.all(stores.map((store, n) => store.put(file('index.json', `next ${n}`), condition)));
    expect(second.filter((outcome) => outcome === 'written')).toHaveLength(1);
    expect(await stores[0]?.put(file('search.json', 'x'), condition)).toBe('conflict');
    for (const store of stores) await store.close();
    expect(readdirSync(folder)).toEqual(['index.json']);
    if (POSIX) expect(statSync(join(folder, 'index.json')).mode & 0o777).toBe(0o644);
  });

  test('lists what is of a registry with its hash, and removes with emptied folders', async () => {
    const [folder, state] = [join(await scratch(), 'site'), await scratch()];
    const store = await openDirectoryStore(folder, { state });
    await store.put(file('packs/demo/index.json', 'a'));
    await store.put(file('index.json', 'b'));
    writeFileSync(join(folder, 'CNAME'), 'x');
    const files = await listed(store.list());
    expect(files.map(({ path, size, sha256 }) => [path, size, sha256]).toSorted()).toEqual(
      [file('index.json', 'b'), file('packs/demo/index.json', 'a')].map(({ path, size, sha256 }) => [
        path,
        size,
        sha256,
      ]),
    );
    expect(store.traffic).toEqual({ requests: 2, bytesSent: 2 });
    await store.close();
    const again = await openDirectoryStore(folder, { state });
    expect(await listed(again.list())).toEqual(files);
    await again.remove(['packs/demo/index.json', 'packs/none.json']);
    expect(existsSync(join(folder, 'packs'))).toBe(false);
    await again.close();
  });

  test('writes and reads nothing outside, or through a link', async () => {
    const base = await scratch();
    const folder = join(base, 'site');
    mkdirSync(join(base, 'outside'));
    const store = await openDirectoryStore(folder);
    await store.put(file('index.json', 'b'));
    symlinkSync(join(base, 'outside'), join(folder, 'packs'));
    for (const path of ['../x', 'packs/../../x', '/etc/passwd', 'CNAME', '.git/config', 'packs/a\\b']) {
      const { code, message } = await failureOf(store.put(file(path, 'x')));
      expect({ code, message }).toEqual({
        code: 'registry-invalid',
        message: `${JSON.stringify(path)} is no path of a registry.`,
      });
      expect(await failureOf(store.remove([path]))).toMatchObject({ code: 'registry-invalid' });
    }
    expect(await failureOf(store.put(file('packs/x.json', 'x')))).toMatchObject({ code: 'output-foreign' });
    expect(await failureOf(store.read('packs/x.json', 10))).toMatchObject({ code: 'output-foreign' });
    expect(await failureOf(store.remove(['packs/x.json']))).toMatchObject({ code: 'output-foreign' });
    expect(readdirSync(join(base, 'outside'))).toEqual([]);
    expect(await failureOf(store.read('index.json', 0))).toMatchObject({ code: 'output-foreign' });
    expect(readFileSync(join(folder, 'index.json'), 'utf8')).toBe('b');
    await store.close();
  });
});
