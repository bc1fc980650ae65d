import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { isMapping } from '../../src/model/json-value.ts';
import { runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { packsRegistry } from '../helpers/packs-registry.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { writePublished } from '../helpers/published-registry.ts';
import { loosePack, pushRegistry } from '../helpers/push-registry.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';

useDemoRegistry();

/** What `docs/formats.md` says of each document that clients print: its format, and the words set as code. */
const documented: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, format, keys] = /^\| `(packyard-[a-z-]+\/1)` \| [^|]+ \| (.+) \|$/u.exec(line) ?? [];
      if (format === undefined || keys === undefined) return [];
      return [[format, new Set(Array.from(keys.matchAll(/`([^`]+)`/gu), ([, key = '']) => key))]];
    }),
);

/** Parts that are described elsewhere, or whose keys are anybody's. */
const CLOSED = new Set(
  'release pack states status transport live from to locked fits newest found findings'.split(' '),
);

function namedKeys(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namedKeys);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => (CLOSED.has(key) ? [key] : [key, ...namedKeys(part)]));
}

/** What ends a server; in this process its own listeners stay. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

test('every document that a client prints is described, with all of its keys', async () => {
  const folder = await scratch();
  const registry = join(folder, 'registry');
  const releases = ['1.0.0', '1.1.0', { version: '0.9.0', status: { state: 'yanked', reason: 'bad' } } as const];
  writePublished(packsRegistry({ demo: releases }), registry);
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  vi.stubEnv('PACKYARD_REGISTRY', registry);
  vi.stubEnv('SECRET', 'a-token');
  const [remote, fork, pack] = [
    await pushRegistry(),
    await pushRegistry(),
    await loosePack({ version: '1.1.0', files: { 'x.bak': '' } }),
  ];
  const [built = ''] = (await builtCommits(1)).folders;
  const [host, nowhere] = [await staticHost(registry), await staticHost(join(folder, 'nowhere'))];
  onTestFinished(() => ENDING.forEach((signal) => process.removeAllListeners(signal)));
  const { path: repository } = await gitRepository(packFiles('packs/demo-1.0.0'));
  const seen = new Set<string>();
  for (const line of [
    'search demo',
    'search nothing',
    'list',
    'versions demo --all',
    'info demo',
    'images demo',
    'pull demo --dry-run',
    'pull demo',
    'pull demo nothing --archive',
    'verify demo-1.1.0',
    'verify demo-1.1.0.tar.gz',
    'verify registry',
    'lock demo@1.0.0',
    'lock --check',
    'outdated',
    'update --dry-run',
    'pull demo@9.x',
    'mirror registry mirror --packs demo@1.x --dry-run',
    'mirror registry mirror --packs demo@1.x',
    'registry add work https://packs.example.org/',
    'registry list',
    'registry show work --no-live',
    'registry show',
    'login work --variable SECRET --no-verify',
    'logout work',
    'registry remove work',
    'cache dir',
    'cache clear',
    `publish ${folder}/site --from ${built} --dry-run`,
    `publish ${folder}/site --from ${built}`,
    `publish ${folder}/site --from ${built} --url ${nowhere.url} --wait 0s`,
    `publish ${folder}/pages --from ${built} --pages`,
    `doctor ${nowhere.url}`,
    `doctor ${host.url}`,
    `serve ${registry} --port 0`,
    'init owned --dry-run --owners @acme/packs --repository https://git.example.org/p --url https://packs.example.org/',
    'new demo --dry-run --no-cache --contributor me',
    `bump demo --repo ${repository} --dry-run --no-cache`,
    `push ${pack} --registry ${remote.url} --fork ${fork.url} --dry-run`,
    `push ${pack} --registry ${remote.url} --fork ${fork.url}`,
    'info nothing',
  ]) {
    const ended = runCommand([...line.split(' '), '--json']);
    // A server answers first, and is ended then.
    if (line.startsWith('serve')) await expect.poll(() => process.emit('SIGHUP')).toBe(true);
    const { out } = await ended;
    const { format, ...document } = JSON.parse(out) as { readonly format: string };
    const undocumented = namedKeys(document).filter((key) => documented.get(format)?.has(key) !== true);
    expect([line, format, undocumented]).toEqual([line, format, []]);
    seen.add(format);
  }
  expect(seen).toEqual(new Set(documented.keys()));
});
