import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

import { runCli, type CliResult } from '../../helpers/cli.ts';
import { readIndex, readPackDocument, sha256Of, treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { bytesOf } from '../../remote/bytes-of.ts';
import { openRegistry } from '../../../src/client/open-registry.ts';
import type { ReleaseDocument } from '../../../src/model/documents.ts';

/** A registry as it was built. */
export interface Source {
  readonly folder: string;
  readonly releases: readonly { readonly name: string; readonly release: ReleaseDocument }[];
}

export function sourceIn(folder: string): Source {
  const releases = Object.keys(readIndex(folder).packs).flatMap((name) =>
    readPackDocument(folder, name).releases.map((release) => ({ name, release })),
  );
  return { folder, releases };
}

/** The command line as a user of this machine runs it who never ran it before, and then again and again. */
async function newUser(): Promise<(...args: string[]) => Promise<CliResult>> {
  const home = await scratch();
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), PACKYARD_CACHE_DIR: join(home, 'cache') };
  return async (...args) => {
    const result = await runCli(args, { cwd: home, env });
    expect({ args, ...result }).toMatchObject({ status: 0, stderr: '' });
    return result;
  };
}

/** What every client must be able to do with a registry on a host; the file of each is compared with its source. */
export const USES: Readonly<Record<string, (url: string, source: Source) => Promise<void>>> = {
  async search(url, { releases }) {
    const packyard = await newUser();
    const { name } = releases[0] ?? expect.fail('the registry is empty');
    const { stdout } = await packyard('search', name, '--registry', url, '--json');
    expect(stdout).toContain(`"${name}"`);
  },

  async info(url, { releases }) {
    const packyard = await newUser();
    for (const name of [...new Set(releases.map((release) => release.name))].slice(0, 3)) {
      const { stdout } = await packyard('info', name, '--registry', url, '--json');
      const newest = releases.find((release) => release.name === name);
      expect(stdout).toContain(newest?.release.artifact.sha256);
    }
  },

  async 'pull of every pack'(url, { folder, releases }) {
    const packyard = await newUser();
    const [archives, packs] = [await scratch(), await scratch()];
    const names = releases.map(({ name, release }) => `${name}@${release.version}`);
    await packyard('pull', ...names, `${archives}/`, '--archive', '--allow-yanked', '--quiet', '--registry', url);
    for (const { name, release } of releases) {
      const archive = readFileSync(join(archives, `${name}-${release.version}.tar.gz`));
      expect(sha256Of(archive)).toBe(release.artifact.sha256);
    }
    await packyard('pull', ...names, `${packs}/`, '--allow-yanked', '--quiet', '--registry', url);
    for (const { name, release } of releases) {
      const manifest = join(packs, `${name}-${release.version}/pack.json`);
      expect(readFileSync(manifest)).toEqual(readFileSync(join(folder, release.files['pack.json']?.path ?? '')));
    }
    expect(Object.keys(treeOf(packs)).filter((path) => !path.includes('/'))).toHaveLength(releases.length);
  },

  async verify(url) {
    await (
      await newUser()
    )('verify', url, '--quiet');
  },

  async mirror(url, { folder }) {
    const packyard = await newUser();
    const target = join(await scratch(), 'mirror');
    await packyard('mirror', url, target, '--quiet');
    const found = withoutOwn(treeOf(target));
    expect(found).toEqual(withoutOwn(treeOf(folder)));
    await packyard('mirror', url, target, '--quiet');
    expect(withoutOwn(treeOf(target))).toEqual(found);
    await packyard('verify', target, '--quiet');
  },

  async 'a second look, which costs one request without a body'(url) {
    const cache = await scratch();
    const first = await openRegistry(url, { cache });
    await first.index();
    expect(first.transferred.requests).toBe(1);
    await first.close();
    const second = await openRegistry(url, { cache });
    await second.index();
    expect(second.transferred).toEqual({ requests: 1, bytes: 0 });
    await second.close();
  },

  async 'every file that a release has beside its archive'(url, { releases }) {
    const registry = await openRegistry(url, { cache: await scratch() });
    for (const { release } of releases.slice(0, 20)) {
      for (const file of Object.values(release.files)) {
        const bytes = await bytesOf((await registry.fetchFile(file.path, file)).open());
        expect([file.path, sha256Of(bytes)]).toEqual([file.path, file.sha256]);
      }
    }
    await registry.close();
  },
};

/** What a mirror or a build keeps for itself is no file of the registry. */
function withoutOwn(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([path]) => !/^\.packyard|^images\.txt$/u.test(path))
      .map(([path, what]) => [path, what.replace(/^\d+ /u, '')]),
  );
}
