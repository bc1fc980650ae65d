import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { lockOutput, resolveOutput } from '../../src/build/output-directory.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

describe('resolveOutput', () => {
  test.each(['new', 'new/below/it'])('a folder that does not exist: %s', async (name) => {
    const folder = await scratch();
    expect(await resolveOutput(join(folder, name))).toBe(join(folder, name));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an empty folder', async () => {
    const folder = await scratch();
    expect(await resolveOutput(folder)).toBe(folder);
  });

  test('a link is resolved, also above what does not exist', async () => {
    const [folder, real] = [await scratch(), await scratch()];
    symlinkSync(real, join(folder, 'link'), 'junction');
    expect(await resolveOutput(join(folder, 'link'))).toBe(real);
    expect(await resolveOutput(join(folder, 'link/public'))).toBe(join(real, 'public'));
  });

  test('a registry of this format or a later one', async () => {
    const folder = await scratch();
    for (const format of ['packyard-index/1', 'packyard-index/2']) {
      writeFileSync(join(folder, 'index.json'), JSON.stringify({ format }));
      expect(await resolveOutput(folder)).toBe(folder);
    }
  });

  test('a first build that was killed', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, '.packyard'));
    mkdirSync(join(folder, 'packs'));
    expect(await resolveOutput(folder)).toBe(folder);
  });

  test.each(['.git', 'CNAME', 'src'])('a folder with %s beside .packyard is foreign', async (name) => {
    const folder = await scratch();
    mkdirSync(join(folder, '.packyard'));
    mkdirSync(join(folder, name));
    expect((await failureOf(resolveOutput(folder))).code).toBe('output-foreign');
    writeFileSync(join(folder, 'index.json'), '{"format":"packyard-index/1"}');
    expect(await resolveOutput(folder)).toBe(folder);
  });

  test.each(['', '{}', '[]', 'null', '"packyard-index/1"', '{"format":1}', '{"format":"other/1"}'])(
    'a folder whose index.json is %j is foreign',
    async (text) => {
      const folder = await scratch();
      writeFileSync(join(folder, 'index.json'), text);
      expect(await failureOf(resolveOutput(folder))).toEqual({
        code: 'output-foreign',
        message: `${folder} is not empty and holds no registry of Packyard's.`,
        hint: 'Name an empty or a new folder with --out; nothing in this one was touched.',
      });
    },
  );

  test.each(['file', 'file/below'])('a file, or what lies below one: %s', async (name) => {
    const folder = await scratch();
    writeFileSync(join(folder, 'file'), '');
    expect(await failureOf(resolveOutput(join(folder, name)))).toEqual({
      code: 'output-unwritable',
      message: `${join(folder, name)} is a file, or lies below one.`,
      hint: 'Name an empty or a new folder with --out; nothing was touched.',
    });
  });
});

/** A lock as the process of a machine leaves it. */
function lockOf(out: string, owner: string): void {
  mkdirSync(join(out, '.packyard/lock'), { recursive: true });
  writeFileSync(join(out, '.packyard/lock', owner), '');
}

function heldIn(out: string): string {
  return join(out, '.packyard/lock', readdirSync(join(out, '.packyard/lock'))[0] ?? '');
}

/** Makes a lock one that was last refreshed so many seconds ago. */
function silence(file: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(file, time, time);
}

describe('lockOutput', () => {
  test('makes the staging folder and takes it away again', async () => {
    const out = await scratch();
    const unlock = await lockOutput(out);
    expect(readdirSync(join(out, '.packyard'))).toEqual(['lock']);
    await unlock();
    expect(readdirSync(out)).toEqual([]);
  });

  test('is refused while another build holds it, and given afterwards', async () => {
    const out = await scratch();
    const unlock = await lockOutput(out);
    expect(await failureOf(lockOutput(out))).toEqual({
      code: 'output-busy',
      message: `Another build is writing to ${out}.`,
      hint: `Wait for it to end. If none is running, remove ${join(out, '.packyard/lock')} and build again.`,
    });
    await unlock();
    await (
      await lockOutput(out)
    )();
    expect(readdirSync(out)).toEqual([]);
  });

  test('is refused while another process of this machine holds it', async () => {
    const out = await scratch();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    onTestFinished(() => void child.kill('SIGKILL'));
    lockOf(out, `${child.pid} ${hostname()} 1`);
    expect((await failureOf(lockOutput(out))).code).toBe('output-busy');
    const dead = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await dead;
    await (
      await lockOutput(out)
    )();
    expect(readdirSync(out)).toEqual([]);
  });

  test('is refused while another machine may hold it', async () => {
    const out = await scratch();
    lockOf(out, '1 another-machine.example 1');
    expect((await failureOf(lockOutput(out))).code).toBe('output-busy');
  });

  test.each(['1 another-machine.example 1', `${process.ppid} ${hostname()} 1`])(
    'is taken over from one that was silent for a minute: %s',
    async (owner) => {
      const out = await scratch();
      lockOf(out, owner);
      silence(join(out, '.packyard/lock', owner), 50);
      expect((await failureOf(lockOutput(out))).code).toBe('output-busy');
      silence(join(out, '.packyard/lock', owner), 70);
      const unlock = await lockOutput(out);
      expect((await failureOf(lockOutput(out))).code).toBe('output-busy');
      await unlock();
      expect(readdirSync(out)).toEqual([]);
    },
  );

  test('is taken over from an earlier process with the number of this one', async () => {
    const out = await scratch();
    lockOf(out, `${process.pid} ${hostname()} 1`);
    await (
      await lockOutput(out)
    )();
    expect(readdirSync(out)).toEqual([]);
  });

  test('is refreshed while it is held', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const out = await scratch();
    const unlock = await lockOutput(out);
    const file = heldIn(out);
    silence(file, 70);
    const before = statSync(file).mtimeMs;
    vi.advanceTimersByTime(5_000);
    expect(statSync(file).mtimeMs - before).toBeGreaterThan(60_000);
    await unlock();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('one that was taken over is left to its new owner', async () => {
    const out = await scratch();
    const unlock = await lockOutput(out);
    silence(heldIn(out), 70);
    const unlockNew = await lockOutput(out);
    writeFileSync(join(out, '.packyard/0'), 'staged');
    await unlock();
    expect(readdirSync(join(out, '.packyard'))).toEqual(['0', 'lock']);
    await unlockNew();
    expect(readdirSync(out)).toEqual([]);
  });

  test.each(['nonsense', '0 x', '-1 x'])('is taken over from nobody: %j', async (owner) => {
    const out = await scratch();
    lockOf(out, owner);
    await (
      await lockOutput(out)
    )();
    expect(readdirSync(out)).toEqual([]);
  });

  test('what a killed build left is removed', async () => {
    const out = await scratch();
    mkdirSync(join(out, '.packyard/17/folder'), { recursive: true });
    writeFileSync(join(out, '.packyard/0'), 'half');
    const unlock = await lockOutput(out);
    expect(readdirSync(join(out, '.packyard'))).toEqual(['lock']);
    await unlock();
  });

  test('one of many takes over what a dead process left', async () => {
    const out = await scratch();
    for (let round = 0; round < 50; round += 1) {
      lockOf(out, `0 ${hostname()} ${round}`);
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockOutput(out)));
      const taken = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      expect(taken).toHaveLength(1);
      for (const attempt of attempts) {
        if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'output-busy' });
      }
      await taken[0]?.();
    }
    expect(readdirSync(out)).toEqual([]);
  });
});
