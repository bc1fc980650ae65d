import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { installPack } from '../../../src/client/unpack/install-pack.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { POSIX } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { ROOT } from './hostile-tar.ts';
import { soundArchive } from './sound-archive.ts';
import { everythingIn } from './surroundings.ts';

const NO_LONGER_EXECUTABLE: [string, (target: string) => void, string] = [
  'a file that may no longer be executed',
  (target) => chmodSync(join(target, 'bin/run'), 0o644),
  'changed bin/run',
];

const SOUND = soundArchive({ 'pack.json': '{}\n', 'values.yaml': 'a: 1\n', 'bin/run': '#!/bin/sh\n' });
const NEXT = soundArchive({ 'pack.json': '{"next":1}\n', 'README.md': '# Next\n' });
const OPTIONS = { root: ROOT, contentSha256: SOUND.contentSha256 };
const FORCED = { root: ROOT, contentSha256: NEXT.contentSha256, force: true };

async function installed(): Promise<{ readonly folder: string; readonly target: string }> {
  const folder = await scratch();
  const target = join(folder, 'demo');
  expect((await installPack(SOUND.open(), target, OPTIONS)).outcome).toBe('created');
  return { folder, target };
}

const HINT = 'Move your changes to another place, or replace them with --force.';

describe('where the same is already', () => {
  test('nothing is written', async () => {
    const { folder, target } = await installed();
    const before = [everythingIn(folder), statSync(target).ino, statSync(join(target, 'pack.json')).mtimeMs];
    mkdirSync(join(target, 'empty'));
    for (const force of [false, true]) {
      const { outcome, files } = await installPack(SOUND.open(), target, { ...OPTIONS, force });
      expect([outcome, files.length]).toEqual(['unchanged', 3]);
    }
    rmSync(join(target, 'empty'), { recursive: true });
    expect([everythingIn(folder), statSync(target).ino, statSync(join(target, 'pack.json')).mtimeMs]).toEqual(before);
  });

  test('an empty folder is filled', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'demo'));
    expect((await installPack(SOUND.open(), join(folder, 'demo'), OPTIONS)).outcome).toBe('created');
    expect(readdirSync(folder)).toEqual(['demo']);
  });
});

describe('where something else is', () => {
  const cases: [string, (target: string) => void, string][] = [
    ['a changed file', (target) => writeFileSync(join(target, 'values.yaml'), 'a: 2\n'), 'changed values.yaml'],
    ['a file of another size', (target) => writeFileSync(join(target, 'pack.json'), ''), 'changed pack.json'],
    ['an added file', (target) => writeFileSync(join(target, 'bin', 'mine'), ''), 'added bin/mine'],
    ['a missing file', (target) => rmSync(join(target, 'pack.json')), 'missing pack.json'],
    ...(POSIX ? [NO_LONGER_EXECUTABLE] : []),
    [
      'a folder in the place of a file',
      (target) => {
        rmSync(join(target, 'pack.json'));
        mkdirSync(join(target, 'pack.json'));
      },
      'changed pack.json',
    ],
    [
      'a link to the same content',
      (target) => {
        writeFileSync(join(target, '..', 'same'), '{}\n');
        rmSync(join(target, 'pack.json'));
        symlinkSync('../same', join(target, 'pack.json'));
      },
      'changed pack.json',
    ],
    [
      'a link in the place of a folder',
      (target) => {
        rmSync(join(target, 'bin'), { recursive: true });
        symlinkSync('..', join(target, 'bin'));
      },
      'added bin; missing bin/run',
    ],
    [
      'a name that clears the terminal',
      (target) => writeFileSync(join(target, '\u001b[2J\n'), ''),
      String.raw`added \u001b[2J\n`,
    ],
    [
      'many',
      (target) => {
        for (let index = 10; index < 23; index += 1) writeFileSync(join(target, `mine-${index}`), '');
        rmSync(join(target, 'pack.json'));
        writeFileSync(join(target, 'values.yaml'), '');
      },
      `changed values.yaml; added ${Array.from({ length: 9 }, (_, index) => `mine-${index + 10}`).join(', ')}; and 5 more`,
    ],
  ];

  test.each(cases)('%s is named, left alone, and replaced only by force', async (_, change, named) => {
    const { folder, target } = await installed();
    change(target);
    const before = everythingIn(folder);
    expect(await failureOf(installPack(SOUND.open(), target, OPTIONS))).toEqual({
      code: 'local-changes',
      message: `${target} is not what ${ROOT} holds, and was left as it is: ${named}.`,
      hint: HINT,
    });
    expect(everythingIn(folder)).toEqual(before);
    expect((await installPack(NEXT.open(), target, FORCED)).outcome).toBe('replaced');
    expect(everythingIn(target)).toEqual({ 'README.md': '644 # Next\n', 'pack.json': '644 {"next":1}\n' });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('a folder of thousands of files is not read to its end', async () => {
    const folder = await scratch();
    for (let index = 0; index < 1500; index += 1) writeFileSync(join(folder, `f${index}`), '');
    const { message } = await failureOf(installPack(SOUND.open(), folder, OPTIONS));
    expect(message).toMatch(/: added f0, f1, f10, f100, f1000, .*; and \d+ more\.$/u);
  });

  test('it is there still when the new is refused', async () => {
    const { folder, target } = await installed();
    writeFileSync(join(target, 'values.yaml'), 'mine\n');
    const before = everythingIn(folder);
    const wrong = { ...FORCED, contentSha256: SOUND.contentSha256 };
    expect((await failureOf(installPack(NEXT.open(), target, wrong))).code).toBe('archive-refused');
    expect(everythingIn(folder)).toEqual(before);
  });
});

describe('a target that is no folder of its own', () => {
  const hint = 'Name another folder, or remove what is in its place.';

  test('is refused, also by force', async () => {
    const { folder, target } = await installed();
    writeFileSync(join(folder, 'file'), 'mine');
    symlinkSync('demo', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    const before = everythingIn(folder);
    for (const [name, what] of [
      ['file', 'is not a folder'],
      ['link', 'is a symbolic link'],
      ['dangling', 'is a symbolic link'],
      ['demo/../link/inner', `lies behind ${join(folder, 'link')}, which is a symbolic link`],
      ['../elsewhere', `does not lie in ${folder}`],
    ] as const) {
      const path = join(folder, name);
      for (const force of [false, true]) {
        expect(await failureOf(installPack(SOUND.open(), path, { ...OPTIONS, force, directory: folder }))).toEqual({
          code: 'output-foreign',
          message: `${path} ${what}, so nothing was unpacked there.`,
          hint,
        });
      }
    }
    expect(everythingIn(folder)).toEqual(before);
    expect((await installPack(SOUND.open(), target, { ...OPTIONS, directory: folder })).outcome).toBe('unchanged');
  });

  test('the directory itself may be a link', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    const directory = join(folder, 'link');
    await installPack(SOUND.open(), join(directory, 'packs', 'demo'), { ...OPTIONS, directory });
    expect(readdirSync(join(folder, 'real', 'packs', 'demo'))).toHaveLength(3);
  });

  test('a link that comes there meanwhile is not followed', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'real'));
    async function* late(): AsyncGenerator<Uint8Array> {
      yield* SOUND.open();
      symlinkSync('real', join(folder, 'demo'));
    }
    expect(await failureOf(installPack(late(), join(folder, 'demo'), OPTIONS))).toMatchObject({
      code: 'output-foreign',
      message: `${join(folder, 'demo')} is a symbolic link, so nothing was unpacked there.`,
    });
    expect(readdirSync(join(folder, 'real'))).toEqual([]);
  });
});

test('many at once into one place all end well, with one of them whole', async () => {
  const folder = await scratch();
  const target = join(folder, 'demo');
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, async () => (await installPack(SOUND.open(), target, OPTIONS)).outcome),
  );
  expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(['created', 'unchanged']));
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0
        ? installPack(NEXT.open(), target, FORCED)
        : installPack(SOUND.open(), target, { ...OPTIONS, force: true }),
    ),
  );
  expect(readdirSync(folder)).toEqual(['demo']);
  expect([2, 3]).toContain(
    (readdirSync(target, { recursive: true }) as string[]).filter((name) => name !== 'bin').length,
  );
});

test('is aborted before it replaces anything', async () => {
  const { folder, target } = await installed();
  const before = everythingIn(folder);
  const reason = new Error('enough');
  const controller = new AbortController();
  async function* late(): AsyncGenerator<Uint8Array> {
    yield* NEXT.open();
    controller.abort(reason);
  }
  await expect(installPack(late(), target, { ...FORCED, signal: controller.signal })).rejects.toBe(reason);
  await expect(installPack(NEXT.open(), target, { ...FORCED, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(everythingIn(folder)).toEqual(before);
});

// Node's own mkdir does not return from this.
test.skipIf(process.platform !== 'linux')('a place in which no folder can be made', async () => {
  expect(await failureOf(installPack(SOUND.open(), '/proc/packs/of/demo', OPTIONS))).toEqual({
    code: 'output-unwritable',
    message: '/proc/packs/of/demo cannot be written, or what is in its place cannot be read (ENOENT).',
    hint: 'Check who owns it and its permissions, or name another folder.',
  });
});
