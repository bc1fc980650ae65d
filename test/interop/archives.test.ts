import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { builderOf, type Builder } from '../helpers/build-registry.ts';
import type { TestRepository } from '../helpers/git-repository.ts';
import { readIndex, readPackDocument, treeOf } from '../helpers/registry-tree.ts';
import { richRepository } from '../helpers/rich-repository.ts';
import { scratch } from '../helpers/scratch.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';

interface Archive {
  readonly path: string;
  readonly root: string;
  readonly directory: string;
}

function archivesOf({ out }: Builder): Archive[] {
  return Object.keys(readIndex(out).packs).flatMap((name) =>
    readPackDocument(out, name).releases.map(({ version, artifact, source: { directory } }) => ({
      path: join(out, artifact.path),
      root: `${name}-${version}`,
      directory,
    })),
  );
}

/** The first of the names under which a program is there and says that it is the one. */
function programNamed(pattern: RegExp, ...names: string[]): string | undefined {
  return names.find((name) => pattern.test(spawnSync(name, ['--version'], { encoding: 'utf8' }).stdout ?? ''));
}

/** Paths and executable bits alone: what a umask does to modes is no matter of the archive. */
function withoutUmask(tree: Record<string, string>): Record<string, string> {
  const entries = Object.entries(tree).filter(([, what]) => !what.endsWith('folder'));
  return Object.fromEntries(
    entries.map(([path, what]) => [
      path,
      what.replace(/^\d+/u, (mode) => (/[1357]/u.test(mode) ? 'executable' : 'file')),
    ]),
  );
}

async function committed(repository: TestRepository, directory: string): Promise<Record<string, string>> {
  const folder = await scratch();
  const tar = execFileSync('git', ['archive', `HEAD:${directory}`], { cwd: repository.path, maxBuffer: 1e8 });
  execFileSync('tar', ['-xf', '-'], { cwd: folder, input: tar });
  const junk = /(?:^|\/)(?:a\.orig|\.packignore)$/u;
  return withoutUmask(Object.fromEntries(Object.entries(treeOf(folder)).filter(([path]) => !junk.test(path))));
}

const TARS = { 'GNU tar': programNamed(/GNU tar/u, 'tar', 'gtar'), bsdtar: programNamed(/bsdtar/u, 'bsdtar', 'tar') };

describe('archives of the example packs and of odd ones', () => {
  for (const [name, program] of Object.entries(TARS)) {
    const missing = program === undefined && !PEERS_REQUIRED;
    test.skipIf(missing)(
      `${name} lists and extracts each, as git archive has it${missing ? ` (no ${name} here)` : ''}`,
      async () => {
        const tar = program ?? expect.fail(`${name} is not installed`);
        const repository = await richRepository();
        const builder = await builderOf(repository);
        await builder.build();
        const archives = archivesOf(builder);
        expect(archives.length).toBeGreaterThan(11);
        for (const { path, root, directory } of archives) {
          const folder = await scratch();
          const target = join(folder, 'extracted');
          mkdirSync(target);
          const run = (...args: string[]): string => {
            const env = { ...process.env, LC_ALL: 'C.UTF-8' };
            const { status, stdout, stderr } = spawnSync(tar, args, { cwd: target, env, encoding: 'utf8' });
            expect({ path, args, status, stderr }).toEqual({ path, args, status: 0, stderr: '' });
            return stdout;
          };
          const listed = run('-tzf', path).trimEnd().split('\n');
          run('-xzf', path);
          expect(treeOf(target)[root]).toMatch(/ folder$/u);
          const extracted = withoutUmask(treeOf(join(target, root)));
          expect(listed).toHaveLength(Object.keys(extracted).length);
          expect(extracted).toEqual(await committed(repository, directory));
        }
      },
    );
  }
});

test('the project keeps its example packs where the tests look for them', () => {
  expect(Object.keys(treeOf(fileURLToPath(new URL('../../packs', import.meta.url)))).length).toBeGreaterThan(50);
});
