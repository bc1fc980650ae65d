import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { tagChanges, tagChangeText, type TagChange } from '../../src/build/tag-changes.ts';
import type { PackDocument, ReleaseDocument } from '../../src/model/documents.ts';
import type { ReleaseStatus } from '../../src/model/status.ts';
import { tagsOf } from '../../src/model/tags.ts';
import { compareVersions } from '../../src/model/version.ts';

interface Release {
  readonly version: string;
  readonly state?: ReleaseStatus['state'];
  readonly group?: string;
}

/** As much of a pack's document as tags are about. */
function pack(...releases: readonly (Release | string)[]): PackDocument {
  const all = releases.map((release) => (typeof release === 'string' ? { version: release } : release));
  return {
    format: 'packyard-pack/1',
    name: 'demo',
    tags: tagsOf(all.map((release) => ({ ...release, active: (release as Release).state === undefined }))),
    releases: all.map(({ version, state, group }: Release) => ({
      version,
      ...(group !== undefined && { group }),
      ...(state !== undefined && { status: { state, reason: 'x', at: '2026-01-01' } }),
    })) as unknown as readonly ReleaseDocument[],
  };
}

function short({ tag, from, to, reason }: TagChange): string {
  return `${tag} ${from} ${to ?? '-'} ${reason}`;
}

test.each([
  ['nothing changes', pack('1.2.0'), pack('1.2.0'), []],
  ['a new release takes tags over', pack('1.2.0'), pack('1.3.0', '1.2.0'), []],
  [
    'the highest is yanked',
    pack('1.3.0', '1.2.0'),
    pack({ version: '1.3.0', state: 'yanked' }, '1.2.0'),
    ['latest 1.3.0 1.2.0 yanked', '1.3.x 1.3.0 - yanked', '1.x 1.3.0 1.2.0 yanked'],
  ],
  [
    'the highest is deprecated',
    pack('1.3.0', '1.2.0'),
    pack({ version: '1.3.0', state: 'deprecated' }, '1.2.0'),
    ['latest 1.3.0 1.2.0 deprecated', '1.3.x 1.3.0 - deprecated', '1.x 1.3.0 1.2.0 deprecated'],
  ],
  ['an old one is yanked', pack('1.3.1', '1.3.0'), pack('1.3.1', { version: '1.3.0', state: 'yanked' }), []],
  [
    'the only one is disabled',
    pack('1.3.0'),
    pack({ version: '1.3.0', state: 'disabled' }),
    ['latest 1.3.0 - disabled', '1.3.x 1.3.0 - disabled', '1.x 1.3.0 - disabled'],
  ],
  [
    'the highest is removed',
    pack('2.0.0', '1.2.0'),
    pack('1.2.0'),
    ['latest 2.0.0 1.2.0 removed', '2.x 2.0.0 - removed', '2.0.x 2.0.0 - removed'],
  ],
  [
    'the first release comes after prereleases',
    pack('2.0.0-rc.1'),
    pack('2.0.0-rc.1', '1.0.0'),
    ['latest 2.0.0-rc.1 1.0.0 prerelease'],
  ],
  [
    'a release changes its group',
    pack({ version: '1.2.0', group: 'LTS' }),
    pack({ version: '1.2.0', group: 'STS' }),
    ['LTS__1.x 1.2.0 - group', 'LTS__1.2.x 1.2.0 - group'],
  ],
  [
    'tags are given by other rules',
    { ...pack('1.2.0', '1.1.0'), tags: { latest: '1.2.0', stable: '1.2.0' } },
    { ...pack('1.2.0', '1.1.0'), tags: { latest: '1.1.0' } },
    ['latest 1.2.0 1.1.0 lower', 'stable 1.2.0 - lower'],
  ],
  [
    'a pack is gone',
    pack('1.2.0'),
    undefined,
    ['latest 1.2.0 - removed', '1.2.x 1.2.0 - removed', '1.x 1.2.0 - removed'],
  ],
])('%s', (_, before, after, expected) => {
  expect(tagChanges(before, after).map(short)).toEqual(expected);
});

test('a tag may be called anything', () => {
  const tags = JSON.parse('{"__proto__":"2.0.0","constructor":"1.0.0"}') as Record<string, string>;
  const changes = tagChanges({ ...pack('2.0.0', '1.0.0'), tags }, pack('2.0.0', '1.0.0'));
  expect(changes.map(short).toSorted()).toEqual(['__proto__ 2.0.0 - lower', 'constructor 1.0.0 - lower']);
});

test('only what goes back is a change, whatever was released', () => {
  const state = fc.constantFrom<ReleaseStatus['state'] | undefined>(undefined, 'yanked', 'deprecated', 'disabled');
  const release = fc
    .record({ version: fc.constantFrom('1.0.0', '1.1.0', '1.1.1', '2.0.0-rc.1', '2.0.0'), state })
    .map(({ version, state: own }): Release => ({ version, ...(own !== undefined && { state: own }) }));
  const releases = fc.uniqueArray(release, { selector: ({ version }) => version });
  fc.assert(
    fc.property(releases, releases, (old, now) => {
      const [before, after] = [pack(...old), pack(...now)];
      const changes = new Map(tagChanges(before, after).map((change) => [change.tag, change]));
      for (const [tag, from] of Object.entries(before.tags)) {
        const to = after.tags[tag];
        const back = to === undefined || compareVersions(to, from) < 0;
        expect(changes.has(tag)).toBe(back);
        if (back) expect(changes.get(tag)).toMatchObject({ pack: 'demo', tag, from, ...(to !== undefined && { to }) });
      }
      expect([...changes.keys()].every((tag) => Object.hasOwn(before.tags, tag))).toBe(true);
    }),
  );
});

test.each([
  ['removed', '1.2.0', 'latest of demo goes back from 1.3.0 to 1.2.0, because 1.3.0 is gone'],
  ['deprecated', '1.2.0', 'latest of demo goes back from 1.3.0 to 1.2.0, because 1.3.0 is deprecated'],
  ['disabled', '1.2.0', 'latest of demo goes back from 1.3.0 to 1.2.0, because 1.3.0 is disabled'],
  ['yanked', undefined, 'latest of demo is gone, which was 1.3.0, because 1.3.0 is yanked'],
  ['prerelease', '1.2.0', 'latest of demo goes back from 1.3.0 to 1.2.0, because 1.3.0 is a prerelease'],
  ['group', undefined, 'latest of demo is gone, which was 1.3.0, because 1.3.0 is in another group'],
  ['lower', '1.2.0', 'latest of demo goes back from 1.3.0 to 1.2.0, because 1.2.0 is taken for the highest now'],
  ['lower', undefined, 'latest of demo is gone, which was 1.3.0, because nothing names 1.3.0 so any more'],
] as const)('%s, to %s, in words', (reason, to, text) => {
  const change = { pack: 'demo', tag: 'latest', from: '1.3.0', ...(to !== undefined && { to }), reason };
  expect(tagChangeText(change)).toBe(text);
});
