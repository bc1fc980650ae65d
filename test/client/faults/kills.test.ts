import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { builderOf } from '../../helpers/build-registry.ts';
import { gitRepository, type FileMap } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { filesOf, treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { staticHost } from '../../helpers/static-host.ts';
import { problemsOf } from '../../helpers/whole-registry.ts';
import { killAndRepair, KILLS, undisturbed, type Place } from './kill-and-repair.ts';
import { noise } from './served-pack.ts';

function pack(number: number, version: string): FileMap {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, file) => [`files/${file}.bin`, noise(20_000, `${number} ${version} ${file}`)]),
  );
  return packFiles(`packs/p${number}`, { name: `pack-${number}`, version, files });
}

const NUMBERS = Array.from({ length: 8 }, (_, number) => number);

interface Hosted {
  readonly old: string;
  readonly current: string;
  readonly url: string;
}

/** Two states of one registry; the newer one is on a host, and has a pack more, one less, and more releases. */
async function hosted(): Promise<Hosted> {
  const repository = await gitRepository(Object.assign({}, ...NUMBERS.map((number) => pack(number, '1.0.0'))));
  const builder = await builderOf(repository);
  await builder.build();
  const old = join(await scratch(), 'old');
  cpSync(builder.out, old, { recursive: true });
  repository.commit({ ...pack(0, '2.0.0'), ...pack(1, '2.0.0'), ...pack(8, '1.0.0'), 'packs/p7': null });
  await builder.build();
  return { old, current: builder.out, url: (await staticHost(builder.out)).url };
}

/** Packs of a folder that are there, and are none of what they may be. Names that begin with a dot are nobody's. */
function partsOf(target: string, states: readonly Record<string, string>[]): string[] {
  if (!existsSync(target)) return [];
  const below = (tree: Record<string, string>, name: string): string =>
    JSON.stringify(Object.entries(tree).filter(([path]) => path === name || path.startsWith(`${name}/`)));
  const found = treeOf(target);
  return readdirSync(target)
    .filter((name) => !name.startsWith('.'))
    .filter((name) => !states.some((state) => below(state, name) === below(found, name)));
}

test.skipIf(process.platform === 'win32')(
  `${KILLS} kills of a pull leave packs that are whole or not there, and the next one completes`,
  { timeout: 600_000 },
  async () => {
    const { url } = await hosted();
    const names = [0, 1, 2, 3, 4, 5, 6, 8].map((number) => `pack-${number}`);
    const pull = (...flags: string[]) => ({
      args: ({ target }: Place) => ['pull', ...names, '--to', target, '--registry', url, '--quiet', ...flags],
    });
    const first = await undisturbed({ name: 'a first pull', prepare: () => undefined, problems: () => [], ...pull() });
    const wrong = (target: string): void => {
      for (const name of Object.keys(first.expected).filter((path) => path.endsWith('values.yaml'))) {
        mkdirSync(dirname(join(target, name)), { recursive: true });
        writeFileSync(join(target, name), 'changed: true\n');
      }
    };
    const changed = await scratch();
    wrong(changed);
    await killAndRepair(
      [
        { ...first, problems: ({ target }) => partsOf(target, [first.expected]) },
        {
          ...first,
          ...pull('--force'),
          name: 'a pull over changed packs',
          prepare: ({ target }) => wrong(target),
          problems: ({ target }) => partsOf(target, [first.expected, treeOf(changed)]),
        },
      ],
      5,
    );
  },
);

test.skipIf(process.platform === 'win32')(
  `${KILLS} kills of a mirror leave the old registry or the new one, and the next run completes`,
  { timeout: 600_000 },
  async () => {
    const { url, old, current } = await hosted();
    const problems = ({ target }: Place): string[] =>
      existsSync(join(target, 'index.json')) ? problemsOf(target) : [];
    const args = ({ target }: Place): readonly string[] => ['mirror', url, target, '--quiet'];
    const first = await undisturbed({ name: 'a first mirror', prepare: () => undefined, args, problems });
    const over = await undisturbed({
      name: 'over an older one',
      prepare: ({ target }) => cpSync(old, target, { recursive: true }),
      args,
      problems,
    });
    expect(Object.keys(first.expected)).toEqual(expect.arrayContaining(filesOf(current)));
    await killAndRepair([first, over], 6);
  },
);
