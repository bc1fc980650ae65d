import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { check } from '../../src/build/check-repository.ts';
import { PackyardError } from '../../src/errors.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { readSnapshotFile, snapshotOfWorkTree } from '../../src/repo/snapshot.ts';
import { runCli } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { readIndex, readPackDocument } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

/** Commits a tree with names that no string can say: `[path as latin-1, content]`. */
function commitBytes(repository: TestRepository, files: readonly (readonly [string, string])[]): void {
  for (const [path, content] of files) {
    const hash = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repository.path, input: content });
    const input = Buffer.concat([
      Buffer.from(`100644 ${hash.toString().trim()}\t`),
      Buffer.from(path, 'latin1'),
      Buffer.from([0]),
    ]);
    execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: repository.path, input });
  }
  repository.git('commit', '--quiet', '-m', 'bytes');
}

function packAt(directory: string, name: string): (readonly [string, string])[] {
  return Object.entries(packFiles(directory, { name })).map(([path, content]) => [path, String(content)]);
}

describe('names that are not UTF-8', () => {
  test('of packs are errors that show them, and no other pack is taken for one', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    commitBytes(repository, [
      ...packAt('packs/\xff', 'one'),
      ...packAt('packs/\xfe', 'two'),
      ...packAt('packs/g\xfc/in', 'three'),
    ]);
    const out = join(await scratch(), 'out');
    const options = { repository: repository.path, cache: await scratch(), out, revision: 'HEAD', keepGoing: true };
    const result = await build(options);
    expect(result.ok).toBe(false);
    expect(
      result.findings.filter(({ severity }) => severity === 'error').map(({ rule, file }) => [rule, file]),
    ).toEqual([
      ['file/not-portable', 'packs/g\ufffdfc/in'],
      ['file/not-portable', 'packs/\ufffdfe'],
      ['file/not-portable', 'packs/\ufffdff'],
    ]);
    expect(Object.keys(readIndex(out).packs)).toEqual(['demo']);
    const { status, stdout, stderr } = await runCli(['build', '--rev', 'HEAD', '--out', join(await scratch(), 'o')], {
      cwd: repository.path,
    });
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('"packs/\ufffdff" cannot be used on every machine: it is not UTF-8');
  });

  test('are an error too where there is no other pack', async () => {
    const repository = await gitRepository({ f: '' });
    commitBytes(repository, packAt('packs/\xff', 'one'));
    const result = await check({ repository: repository.path, cache: await scratch(), revision: 'HEAD' });
    expect(result.report.findings.map(({ rule }) => rule)).toEqual(['file/not-portable']);
  });

  test('of files of a pack are errors, one for each', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    commitBytes(repository, [
      ['packs/demo/\xff', 'a'],
      ['packs/demo/\xfe', 'b'],
      ['packs/demo/d\xff/x', 'c'],
    ]);
    const result = await check({ repository: repository.path, cache: await scratch(), revision: 'HEAD' });
    const errors = result.report.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule, file }) => [rule, file])).toEqual([
      ['file/not-portable', 'packs/demo/d\ufffdff/x'],
      ['file/not-portable', 'packs/demo/\ufffdfe'],
      ['file/not-portable', 'packs/demo/\ufffdff'],
    ]);
  });

  test.skipIf(process.platform !== 'linux')('in a work tree that differs are read as those of a commit', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const name = Buffer.concat([Buffer.from(join(repository.path, 'packs/demo/')), Buffer.from([0xff])]);
    writeFileSync(name, 'x');
    const result = await check({ repository: repository.path, cache: await scratch() });
    const errors = result.report.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file }) => file)).toEqual(['packs/demo/\ufffdff']);
    expect(readdirSync(join(repository.path, 'packs/demo'), { encoding: 'buffer' })).toHaveLength(4);
  });

  test('of submodules in a work tree are errors of Git or of ours', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const head = repository.git('rev-parse', 'HEAD');
    const input = Buffer.from(`160000 ${head}\tpacks/\xff\0`, 'latin1');
    execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: repository.path, input });
    const work = snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    expect(await failureOf(work)).toEqual({
      code: 'git-failed',
      message: 'The path of the submodule "packs/\ufffd" is not UTF-8.',
      hint: 'Move it to another one, or read a commit with --rev HEAD.',
    });
  });

  test('of files that a merge leaves open outside the packs stop the build clearly', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const hash = repository.git('rev-parse', 'HEAD:packs/demo/README.md');
    const sides = [1, 2, 3].map((side) => `100644 ${hash} ${side}\tdocs/\xff\0`).join('');
    execFileSync('git', ['update-index', '-z', '--index-info'], {
      cwd: repository.path,
      input: Buffer.from(sides, 'latin1'),
    });
    repository.write({ 'packs/demo/README.md': 'changed\n' });
    const work = snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    expect(await work.catch((error: unknown) => error)).toBeInstanceOf(PackyardError);
  });
});

describe.skipIf(process.platform === 'win32')('packs at odd paths', () => {
  test.each(['-x', '--help', 'two\nlines', '"quoted"', "it's", 'ünï', ':(top)', '$(touch x)'])(
    '%j are built',
    async (name) => {
      const repository = await gitRepository(packFiles(`packs/${name}`));
      for (const round of ['clean', 'changed']) {
        if (round === 'changed') repository.write({ [`packs/${name}/README.md`]: 'changed\n' });
        const out = join(await scratch(), 'out');
        const result = await build({ repository: repository.path, cache: await scratch(), out });
        expect({
          round,
          ok: result.ok,
          findings: result.findings.filter(({ severity }) => severity === 'error'),
        }).toEqual({ round, ok: true, findings: [] });
        expect(readPackDocument(out, 'demo').releases).toHaveLength(1);
      }
    },
  );

  test('that a merge leaves open outside the packs are put aside', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const hash = repository.git('rev-parse', 'HEAD:packs/demo/README.md');
    for (const name of ['-x', '--help', 'two\nlines', '"quoted"', 'back\\slash', ':(top)', '*']) {
      const sides = [1, 2, 3].map((side) => `100644 ${hash} ${side}\tdocs/${name}\0`).join('');
      execFileSync('git', ['update-index', '-z', '--index-info'], { cwd: repository.path, input: sides });
      execFileSync('git', ['update-index', '-z', '--index-info'], {
        cwd: repository.path,
        input: sides.replaceAll('docs/', ''),
      });
    }
    repository.write({ 'packs/demo/README.md': 'changed\n' });
    const snapshot = await snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    onTestFinished(() => snapshot.close());
    expect((await readSnapshotFile(snapshot, 'packs/demo/README.md', 100))?.toString()).toBe('changed\n');
  });
});
