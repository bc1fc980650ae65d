import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { lostReleases } from '../../src/publish/lost-releases.ts';
import type { PublishEvent, PublishOptions, PublishResult } from '../../src/publish/publish-options.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo, rollbackTo } from './publish-to.ts';

const HINT =
  'build with --previous and the address or folder of what is live, and publish that. With `onRemove: drop` in registry.yaml a release goes when its pack does.';

interface Place {
  readonly repository: TestRepository;
  readonly site: string;
  readonly build: (options?: Partial<Parameters<typeof build>[0]>) => Promise<string>;
}

/** A place where two packs are live. */
async function published(): Promise<Place> {
  const [base, cache, repository] = [await scratch(), await scratch(), await gitRepository()];
  const site = join(base, 'site');
  let count = 0;
  const place: Place = {
    repository,
    site,
    async build(options = {}) {
      count += 1;
      const out = join(base, `built-${count}`);
      await build({ repository: repository.path, out, cache, ...options });
      return out;
    },
  };
  repository.commit({
    ...packFiles('packs/one', { name: 'pack-1' }),
    ...packFiles('packs/two', { name: 'pack-2' }),
  });
  await publishTo(site, await place.build());
  return place;
}

async function saidOf(
  site: string,
  from: string,
  options: Partial<PublishOptions> = {},
): Promise<{ readonly result: PublishResult; readonly said: readonly (readonly (string | undefined)[])[] }> {
  const events: PublishEvent[] = [];
  const result = await publishTo(site, from, { ...options, onEvent: (event) => events.push(event) });
  const said = events.flatMap((event) => (event.kind === 'warning' ? [event.warning] : []));
  return {
    result,
    said: said.map(({ message, hint }) => [message.replaceAll(site, '<site>'), hint]),
  };
}

describe('releases that readers would lose', () => {
  test('are named where a pack is gone and nothing was built with --previous', async () => {
    const place = await published();
    place.repository.git('rm', '-rq', 'packs/two');
    place.repository.git('commit', '-qm', 'without two');
    const without = await place.build();
    const said = [
      ['Readers of <site> lose 1 release that this registry does not have: pack-2@1.0.0.', `To keep it, ${HINT}`],
    ];
    const plan = await saidOf(place.site, without, { dryRun: true });
    expect(plan.said).toEqual(said);
    const kept = await place.build({ previous: place.site });
    expect((await saidOf(place.site, kept, { dryRun: true })).said).toEqual([]);
    expect((await saidOf(place.site, without)).said).toEqual(said);
    expect((await saidOf(place.site, without)).said).toEqual([]);
    const events: PublishEvent[] = [];
    await rollbackTo(place.site, '1', { onEvent: (event) => events.push(event) });
    await rollbackTo(place.site, '2', { onEvent: (event) => events.push(event) });
    expect(events.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  test('and those that would get other bytes, unless it was asked for', async () => {
    const place = await published();
    place.repository.commit({ 'packs/one/values.yaml': 'pack:\n  namespace: other\n' });
    const { said } = await saidOf(place.site, await place.build(), { dryRun: true });
    expect(said).toEqual([
      [
        'Readers of <site> get other bytes than before under the same version of 1 release: pack-1@1.0.0.',
        'Where they pinned what was published, they refuse it. Build with --previous and the address or folder of what is live: it keeps what is published, and says what differs.',
      ],
    ]);
    const meant = await place.build({
      previous: place.site,
      supersede: ['pack-1@1.0.0'],
      message: 'the namespace was wrong',
    });
    expect((await saidOf(place.site, meant)).said).toEqual([]);
  });

  test('at most a few, each once', () => {
    const liveFiles = new Map(
      [1, 2, 3, 4, 5, 6, 7].map((minor) => [`packs/a/1.${minor}.0/a-1.${minor}.0.tar.gz`, 'f'.repeat(64)]),
    );
    liveFiles.set('packs/a/index.json', 'e'.repeat(64));
    const lost = lostReleases(new Map());
    expect(lost({ location: 'memory', liveFiles })).toEqual([
      {
        code: 'releases-lost',
        message:
          'Readers of memory lose 7 releases that this registry does not have: a@1.1.0, a@1.2.0, a@1.3.0, a@1.4.0, a@1.5.0 and 2 more.',
        hint: `To keep them, ${HINT}`,
      },
    ]);
    expect(lost({ location: 'memory', liveFiles })).toEqual([]);
    liveFiles.set('packs/b/1.0.0/b-1.0.0.tar.gz', 'f'.repeat(64));
    expect(lost({ location: 'memory', liveFiles })).toMatchObject([{ message: expect.stringContaining(': b@1.0.0.') }]);
  });
});
