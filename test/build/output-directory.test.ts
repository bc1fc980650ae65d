import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

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
