import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tagsOf, type TaggedRelease } from '../../src/model/tags.ts';

function active(...versions: string[]): TaggedRelease[] {
  return versions.map((version) => ({ version, active: true }));
}

describe('tagsOf', () => {
  test('names the highest release of the pack and of each train, highest train first', () => {
    const tags = tagsOf(active('1.3.0', '1.10.0', '1.3.1', '2.1.0'));
    expect(tags).toEqual({
      latest: '2.1.0',
      '2.x': '2.1.0',
      '2.1.x': '2.1.0',
      '1.x': '1.10.0',
      '1.10.x': '1.10.0',
      '1.3.x': '1.3.1',
    });
    expect(Object.keys(tags)).toEqual(['latest', '2.1.x', '2.x', '1.10.x', '1.3.x', '1.x']);
  });

  test('skips prereleases where there is a release', () => {
    expect(tagsOf(active('1.3.0', '1.3.1-rc.1', '1.4.0-rc.1'))).toEqual({
      latest: '1.3.0',
      '1.x': '1.3.0',
      '1.3.x': '1.3.0',
      '1.4.x': '1.4.0-rc.1',
    });
  });

  test('falls back to the highest where there are only prereleases', () => {
    expect(tagsOf(active('1.0.0-rc.2', '1.0.0-rc.10', '1.0.0-rc.1'))).toEqual({
      latest: '1.0.0-rc.10',
      '1.x': '1.0.0-rc.10',
      '1.0.x': '1.0.0-rc.10',
    });
  });

  test('ignores releases that are not active', () => {
    const releases = [...active('1.0.0'), { version: '2.0.0', active: false }];
    expect(tagsOf(releases)).toEqual({ latest: '1.0.0', '1.x': '1.0.0', '1.0.x': '1.0.0' });
    expect(tagsOf(releases.slice(1))).toEqual({});
  });

  test('adds the trains of a group, which hold releases of the group only', () => {
    const releases = [{ version: '22.4.1', active: true, group: 'LTS' }, ...active('22.4.2', '22.5.0')];
    expect(tagsOf(releases)).toEqual({
      latest: '22.5.0',
      '22.x': '22.5.0',
      '22.4.x': '22.4.2',
      '22.5.x': '22.5.0',
      'LTS__22.x': '22.4.1',
      'LTS__22.4.x': '22.4.1',
    });
  });

  test('writes trains without a prefix and leading zeros, versions as they are', () => {
    expect(tagsOf(active('v25.06.0'))).toEqual({ latest: 'v25.06.0', '25.x': 'v25.06.0', '25.6.x': 'v25.06.0' });
    expect(tagsOf(active('7'))).toEqual({ latest: '7', '7.x': '7' });
    expect(tagsOf(active('nightly'))).toEqual({ latest: 'nightly' });
  });

  const version = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.stringMatching(/^v?[0-9]{1,2}(\.[0-9]{1,2}){0,2}(-(rc|up)\.[0-9])?$/u),
  );
  const release = fc.record({ version, active: fc.boolean(), group: fc.constantFrom('LTS', 'edge') });

  test('every tag names an active release that was given, and the order of the releases does not count', () => {
    fc.assert(
      fc.property(fc.array(release, { maxLength: 8 }), fc.nat(), (releases, seed) => {
        const tags = tagsOf(releases);
        const given = releases.filter((each) => each.active).map((each) => each.version);
        for (const named of Object.values(tags)) expect(given).toContain(named);
        expect('latest' in tags).toBe(given.length > 0);
        const turn = releases.length === 0 ? 0 : seed % releases.length;
        const turned = [...releases.slice(turn), ...releases.slice(0, turn)].toReversed();
        expect(Object.entries(tagsOf(turned))).toEqual(Object.entries(tags));
      }),
      { numRuns: 1000 },
    );
  });
});
