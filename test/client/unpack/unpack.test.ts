import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, test, describe } from 'vitest';

import { unpack } from '../../../src/client/unpack/unpack.ts';
import { readArchive } from '../../../src/client/unpack/read-archive.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { ownMounts, POSIX } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { entry, file, inChunks, ROOT, tar } from './hostile-tar.ts';
import { soundArchive } from './sound-archive.ts';
import { everythingIn } from './surroundings.ts';

const LONG = `charts/${'long-'.repeat(30)}name.tgz`;
const SOUND = soundArchive({
  'pack.json': '{}\n',
  'scripts/run.sh': '#!/bin/sh\n',
  [LONG]: Buffer.alloc(300_000, 'chart '),
  'docs/ünïcode ✓.md': '# ✓\n',
  empty: '',
});
const OPTIONS = { root: ROOT, contentSha256: SOUND.contentSha256 };

const WRITTEN = {
  'charts/': '755',
  [LONG]: `644 ${Buffer.alloc(300_000, 'chart ').toString('latin1')}`,
  'docs/': '755',
  'docs/ünïcode ✓.md': `644 ${Buffer.from('# ✓\n').toString('latin1')}`,
  empty: '644 ',
  'pack.json': '644 {}\n',
  'scripts/': '755',
  'scripts/run.sh': '755 #!/bin/sh\n',
};

describe('a sound archive', () => {
  test('lands in the folder, with its files told in its order', async () => {
    const folder = join(await scratch(), 'below', 'demo');
    const files = await unpack(SOUND.open(), folder, OPTIONS);
    expect(everythingIn(folder)).toEqual(WRITTEN);
    if (POSIX) expect(statSync(folder).mode & 0o7777).toBe(0o755);
    expect(files.map(({ path }) => path)).toEqual([LONG, 'docs/ünïcode ✓.md', 'empty', 'pack.json', 'scripts/run.sh']);
    expect(files.find(({ path }) => path === 'scripts/run.sh')).toEqual({
      path: 'scripts/run.sh',
      size: 10,
      sha256: sha256Of(Buffer.from('#!/bin/sh\n')),
      executable: true,
    });
    expect(readdirSync(join(folder, '..'))).toEqual(['demo']);
    expect(await readArchive(SOUND.open(), OPTIONS)).toEqual(files);
  });

  test('however its bytes are cut', async () => {
    const whole = await readArchive(SOUND.open(), OPTIONS);
    for (const size of [1, 2, 9, 11, 511, 513, SOUND.bytes.length]) {
      expect(await readArchive(inChunks(SOUND.bytes, size), OPTIONS)).toEqual(whole);
    }
  });

  test('with the folders named in it', async () => {
    const folder = join(await scratch(), 'demo');
    const [root, charts, images, none] = [`${ROOT}/`, `${ROOT}/charts/`, `${ROOT}/a/b`, `${ROOT}/empty/`];
    const folders = [root, charts, images, none].map((path) => entry({ path, type: '5', mode: '000700 \0' }));
    const archive = gzipSync(
      tar(...folders, file('a/b/c', 'c'), file('charts/x', 'x'), entry({ path: `${ROOT}/a`, type: '5' })),
    );
    expect(await unpack(inChunks(archive), folder, { root: ROOT })).toHaveLength(2);
    expect(everythingIn(folder)).toEqual({
      'a/': '755',
      'a/b/': '755',
      'a/b/c': '644 c',
      'charts/': '755',
      'charts/x': '644 x',
      'empty/': '755',
    });
  });

  test('with more zeros at its end, as other programs write them', async () => {
    const archive = gzipSync(Buffer.concat([tar(file('a')), Buffer.alloc(9 * 512)]));
    expect(await readArchive(inChunks(archive), { root: ROOT })).toHaveLength(1);
  });

  test('takes the place of an empty folder', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'demo'));
    await unpack(SOUND.open(), join(folder, 'demo'), OPTIONS);
    expect(everythingIn(join(folder, 'demo'))).toEqual(WRITTEN);
    expect(readdirSync(folder)).toEqual(['demo']);
  });

  test.skipIf(process.platform === 'win32').each(['000', '022', '077', '777'])(
    'has its modes under the umask %s',
    async (umask) => {
      const folder = join(await scratch(), 'demo');
      // The umask is one for all threads of a process, so another process has to have it.
      const script = `
        process.umask(0o${umask});
        const { unpack } = await import(${JSON.stringify(join(import.meta.dirname, '../../../dist/client/unpack/unpack.js'))});
        await unpack(process.stdin, ${JSON.stringify(folder)}, ${JSON.stringify(OPTIONS)});`;
      const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        input: SOUND.bytes,
      });
      expect([status, stderr.toString()]).toEqual([0, '']);
      expect(everythingIn(folder)).toEqual(WRITTEN);
    },
  );
});

describe('nothing is unpacked', () => {
  const hint = 'Name a folder that is not there yet.';
  const other = 'Name another folder, or remove what is in its place.';

  test('where a folder holds something', async () => {
    const folder = await scratch();
    writeFileSync(join(folder, 'mine'), 'mine');
    expect(await failureOf(unpack(SOUND.open(), folder, OPTIONS))).toEqual({
      code: 'output-foreign',
      message: `${folder} exists already, so nothing was unpacked there.`,
      hint,
    });
    expect(everythingIn(folder)).toEqual({ mine: '644 mine' });
  });

  test('where a file or a link is, even one that leads nowhere', async () => {
    const folder = await scratch();
    writeFileSync(join(folder, 'file'), 'mine');
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('.', join(folder, 'link'));
    const before = everythingIn(folder);
    for (const [name, what] of [
      ['file', 'is not a folder'],
      ['dangling', 'is a symbolic link'],
      ['link', 'is a symbolic link'],
    ]) {
      const target = join(folder, name ?? '');
      const message = `${target} ${what}, so nothing was unpacked there.`;
      expect(await failureOf(unpack(SOUND.open(), target, OPTIONS))).toEqual({
        code: 'output-foreign',
        message,
        hint: other,
      });
    }
    expect(everythingIn(folder)).toEqual(before);
  });

  test('below a file', async () => {
    const folder = await scratch();
    writeFileSync(join(folder, 'file'), 'mine');
    const target = join(folder, 'file', 'demo');
    expect(await failureOf(unpack(SOUND.open(), target, OPTIONS))).toEqual({
      code: 'output-unwritable',
      message: `${target} cannot be written: it lies below a file.`,
      hint: 'Name another folder; nothing was touched.',
    });
  });

  test('where the file system takes no such path', async () => {
    const target = join(await scratch(), 'd'.repeat(300), 'demo');
    expect(await failureOf(unpack(SOUND.open(), target, OPTIONS))).toEqual({
      code: 'output-unwritable',
      message: `${target} cannot be written: the paths in it are longer than this file system takes.`,
      hint: 'Name a folder with a shorter path.',
    });
  });

  test('when the archive cannot be read to its end, whatever that fails with', async () => {
    const folder = await scratch();
    const failure = Object.assign(new Error('the disk is gone'), { code: 'EIO', syscall: 'read' });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield SOUND.bytes.subarray(0, 1000);
      throw failure;
    }
    await expect(unpack(broken(), join(folder, 'new', 'demo'), OPTIONS)).rejects.toBe(failure);
    await expect(unpack(createReadStream(join(folder, 'none')), join(folder, 'demo'), OPTIONS)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('when it is aborted: before, while bytes come, and while none do', async () => {
    const folder = await scratch();
    const reason = new Error('enough');
    const target = join(folder, 'demo');
    const before = { ...OPTIONS, signal: AbortSignal.abort(reason) };
    await expect(unpack(SOUND.open(), target, before)).rejects.toBe(reason);
    for (const hangs of [true, false]) {
      const controller = new AbortController();
      async function* slow(): AsyncGenerator<Uint8Array> {
        yield SOUND.bytes.subarray(0, 1000);
        controller.abort(reason);
        if (hangs) await new Promise(() => undefined);
        yield SOUND.bytes.subarray(1000);
      }
      await expect(unpack(slow(), target, { ...OPTIONS, signal: controller.signal })).rejects.toBe(reason);
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test('when something appears in the place meanwhile', async () => {
    const folder = await scratch();
    const target = join(folder, 'demo');
    async function* late(): AsyncGenerator<Uint8Array> {
      yield* SOUND.open();
      mkdirSync(target);
      writeFileSync(join(target, 'mine'), 'mine');
    }
    expect(await failureOf(unpack(late(), target, OPTIONS))).toMatchObject({ code: 'output-foreign', hint });
    expect(everythingIn(folder)).toEqual({ 'demo/': '755', 'demo/mine': '644 mine' });
  });

  test('half, when the process is told to end', async () => {
    const folder = await scratch();
    const script = `
      const { unpack } = await import(${JSON.stringify(join(import.meta.dirname, '../../../dist/client/unpack/unpack.js'))});
      const { readdirSync } = await import('node:fs');
      process.once('SIGTERM', () => process.exit(143));
      const bytes = Buffer.from(${JSON.stringify(SOUND.bytes.toString('base64'))}, 'base64');
      setInterval(() => undefined, 1000);
      await unpack((async function* () {
        yield bytes.subarray(0, bytes.length - 20);
        console.log(readdirSync(${JSON.stringify(folder)}).join());
        process.kill(process.pid, 'SIGTERM');
        await new Promise(() => undefined);
      })(), ${JSON.stringify(join(folder, 'demo'))}, ${JSON.stringify(OPTIONS)});`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect([status, stdout.toString()]).toEqual([
      143,
      expect.stringMatching(/^\.packyard-[0-9a-f]{8}-\d+-[0-9a-f]{12}\n$/u),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

const mounts = ownMounts();

test.runIf(mounts)('a file system without space is named, and nothing stays on it', async () => {
  const archive = soundArchive({ large: randomBytes(200_000) }).bytes;
  const script = `
    const { unpack } = await import(${JSON.stringify(join(import.meta.dirname, '../../../dist/client/unpack/unpack.js'))});
    const { readdirSync } = await import('node:fs');
    const error = await unpack(process.stdin, '/mnt/packs/demo', { root: '${ROOT}' }).catch((reason) => reason);
    console.log(JSON.stringify([error.code, error.message, error.hint, readdirSync('/mnt')]));`;
  const mounted = 'mount -t tmpfs -o size=64k tmpfs /mnt && exec "$@"';
  const [program = '', ...wrapper] = [...(mounts ?? []), 'sh', '-c', mounted, 'sh'];
  const { stdout, stderr } = spawnSync(program, [...wrapper, process.execPath, '--input-type=module', '-e', script], {
    input: archive,
  });
  expect(stderr.toString()).toBe('');
  expect(JSON.parse(stdout.toString())).toEqual([
    'no-space',
    'No space is left for /mnt/packs/demo.',
    'Free some and try again; what was there before is as it was.',
    [],
  ]);
});

test.runIf(process.platform === 'linux')('a folder that cannot be written is named with what to do', async () => {
  expect(await failureOf(unpack(SOUND.open(), '/proc/demo', OPTIONS))).toEqual({
    code: 'output-unwritable',
    message: '/proc/demo cannot be written, or what is in its place cannot be read (ENOENT).',
    hint: 'Check who owns it and its permissions, or name another folder.',
  });
});
