import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { mirror } from '../../../src/client/mirror/mirror.ts';
import { runCli, transcript } from '../../helpers/cli.ts';
import { ARTIFACT, publishedRegistry, writePublished } from '../../helpers/published-registry.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { readIndex, treeOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { boundByPermissions, makeReadOnly, ownMounts } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { mirrorPlace, publishNext, yard } from './mirrored.ts';

async function registryFolder(): Promise<string> {
  const folder = realpathSync(join(await scratch()));
  writePublished(publishedRegistry(), folder);
  return folder;
}

describe('a folder that is not for a mirror is refused and stays as it is', () => {
  test('one that holds something else', async () => {
    const source = await registryFolder();
    const folder = realpathSync(await scratch());
    writeFileSync(join(folder, 'thesis.tex'), 'important');
    mkdirSync(join(folder, 'packs'));
    const before = treeOf(folder);
    expect(await failureOf(mirror(source, folder, { prune: true }))).toEqual({
      code: 'output-foreign',
      message: `${folder} is not empty and holds no registry.`,
      hint: 'Name an empty or a new folder; nothing in this one was touched.',
    });
    expect(treeOf(folder)).toEqual(before);
  });

  test('one that holds another registry', async () => {
    const source = await registryFolder();
    const { source: yardFolder } = await yard();
    expect(await failureOf(mirror(source, yardFolder, { prune: true }))).toEqual({
      code: 'output-foreign',
      message: `${realpathSync(yardFolder)} holds the registry "yard", and ${source} is "demo".`,
      hint: 'Name another folder: each registry has its own.',
    });
  });

  test.each([
    ['the source itself', (source: string) => source, 'cannot be mirrored into itself.'],
    ['one in the source', (source: string) => join(source, 'packs/mirror'), 'one lies in the other.'],
  ])('%s', async (_, folderOf, message) => {
    const source = await registryFolder();
    const before = treeOf(source);
    const failure = await failureOf(mirror(source, folderOf(source)));
    expect(failure.code).toBe('usage');
    expect(failure.message).toContain(message);
    expect(treeOf(source)).toEqual(before);
  });

  test('one that the source lies in, also by a link', async () => {
    const top = realpathSync(await scratch());
    const source = join(top, 'sources');
    writePublished(publishedRegistry(), source);
    writePublished(publishedRegistry(), top);
    const link = join(await scratch(), 'link');
    symlinkSync(top, link);
    for (const folder of [top, link]) {
      expect((await failureOf(mirror(source, folder))).message).toBe(
        `${top} cannot hold a mirror of ${source}: one lies in the other.`,
      );
    }
  });

  test('a file, and a name that is empty', async () => {
    const source = await registryFolder();
    const file = join(realpathSync(await scratch()), 'file');
    writeFileSync(file, '');
    expect((await failureOf(mirror(source, join(file, 'below')))).message).toBe(
      `${join(file, 'below')} is a file, or lies below one.`,
    );
    expect((await failureOf(mirror(source, ''))).code).toBe('usage');
  });
});

test('a source that cannot be read leaves no folder behind', async () => {
  const folder = join(await scratch(), 'mirror');
  const nothing = await scratch();
  expect((await failureOf(mirror(nothing, folder))).code).toBe('registry-not-found');
  expect(() => treeOf(folder)).toThrow('ENOENT');
});

test('of two mirrors into one folder the second says that there is another', async () => {
  const place = await mirrorPlace();
  let second: Promise<unknown> | undefined;
  const host = await registryHost({
    first(request, response) {
      if (request.url !== `/${ARTIFACT}` || second !== undefined) return false;
      second = failureOf(mirror(host.url, place.path, { state: place.state }));
      void second.finally(() => response.end(host.files.get(ARTIFACT)));
      return true;
    },
  });
  await place.mirror(host.url);
  expect(await second).toMatchObject({
    code: 'output-busy',
    message: `Another command is writing to ${realpathSync(place.path)}.`,
  });
  expect(readIndex(place.path).serial).toBe(1);
});

test('a link or a file in the way is named, and goes with --prune only', async () => {
  const state = await yard();
  const place = await mirrorPlace();
  await place.mirror(state.source);
  await publishNext(state);
  const elsewhere = await scratch();
  symlinkSync(elsewhere, join(place.path, 'packs/extra'));
  expect(await failureOf(place.mirror(state.source))).toEqual({
    code: 'output-unwritable',
    message: `${join(realpathSync(place.path), 'packs/extra')} is in the way of what is to be mirrored.`,
    hint: 'Remove it, or mirror with --prune, which removes what does not belong to the registry.',
  });
  await place.mirror(state.source, { prune: true });
  expect(treeOf(place.path)).toEqual(treeOf(state.source));
  expect(treeOf(elsewhere)).toEqual({});
});

test('a folder where a file must be goes with --prune', async () => {
  const source = await registryFolder();
  const place = await mirrorPlace();
  await place.mirror(source);
  const path = join(place.path, 'search.json');
  rmSync(path);
  mkdirSync(join(path, 'deep'), { recursive: true });
  writeFileSync(join(path, 'deep/file'), '');
  expect((await failureOf(place.mirror(source))).code).toBe('output-unwritable');
  await place.mirror(source, { prune: true });
  expect(treeOf(place.path)['search.json']).toBe(treeOf(place.path)[readIndex(place.path).search.path]);
});

test.skipIf(process.platform === 'win32')('nobody is waited for who may write into a pipe', async () => {
  const source = await registryFolder();
  const place = await mirrorPlace();
  await place.mirror(source);
  const whole = treeOf(place.path);
  const { path } = readIndex(place.path).search;
  for (const each of [path, 'images.txt']) {
    rmSync(join(place.path, each), { force: true });
    execFileSync('mkfifo', [join(place.path, each)]);
  }
  await place.mirror(source, { images: true });
  expect(treeOf(place.path)).toEqual({ ...whole, 'images.txt': treeOf(place.path)['images.txt'] });
  const subset = await mirrorPlace();
  await subset.mirror(source, { latest: 1 });
  const document = `packs/demo/${readIndex(source).packs['demo']?.document.sha256 ?? ''}.json`;
  rmSync(join(subset.path, document), { force: true });
  execFileSync('mkfifo', [join(subset.path, document)]);
  await subset.mirror(source, { latest: 2, refresh: true });
  rmSync(join(subset.path, 'index.json'));
  execFileSync('mkfifo', [join(subset.path, 'index.json')]);
  expect(await failureOf(subset.mirror(source))).toMatchObject({ code: 'output-foreign' });
});

test.skipIf(process.platform !== 'linux')(
  'a place in which no folder can be made is said, and not tried for ever',
  async () => {
    const source = await registryFolder();
    expect(await failureOf(mirror(source, '/proc/mirror/of/packs'))).toEqual({
      code: 'output-unwritable',
      message: '/proc/mirror/of/packs cannot be written (ENOENT).',
      hint: 'Check who owns it and its permissions, or name another folder.',
    });
  },
);

const mounts = ownMounts();

test.skipIf(mounts === undefined)('a full disk is said, with how much was wanted; what was there stays', async () => {
  const { source } = await yard();
  const folder = await scratch();
  const script = `mount -t tmpfs -o size=100k tmpfs ${folder} && "$@"; status=$?; ls -A ${folder}; exit $status`;
  const wrapper = [...(mounts ?? []), 'sh', '-c', script, 'sh'];
  const result = await runCli(['mirror', source, join(folder, 'mirror'), '--no-images'], { wrapper });
  const said = transcript(result, { folder, source }).replace(/: [\d.]+ KiB were/u, ': <size> were');
  expect(said).toMatchInlineSnapshot(`
    "exit status 2
    --- stdout
    mirror
    --- stderr
    error No space is left for the mirror in <folder>/mirror: <size> were to be written.
      → Free some and run the command again: what is fetched already stays. Until then what was there before stays readable."
  `);
});

const bound = boundByPermissions();

test.skipIf(bound === undefined)('a folder that may not be written is said', async () => {
  const source = await registryFolder();
  const folder = await scratch();
  makeReadOnly(folder);
  const result = await runCli(['mirror', source, join(folder, 'mirror')], { wrapper: bound ?? [] });
  expect(transcript(result, { folder })).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error <folder>/mirror cannot be written (EACCES).
      → Check who owns it and its permissions, or name another folder."
  `);
});
