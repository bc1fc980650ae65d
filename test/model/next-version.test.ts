import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { nextFreeVersion } from '../../src/model/next-version.ts';
import { compareVersions, parseVersion } from '../../src/model/version.ts';

test.each([
  ['1.5', '1.5.1'],
  ['7', '7.0.1'],
  ['1.2.3', '1.2.4'],
  ['1.2.9', '1.2.10'],
  ['1.2.99', '1.2.100'],
  ['1.2.3.4', '1.2.3.5'],
  ['v1.8.7', 'v1.8.8'],
  ['V2', 'V2.0.1'],
  ['25.06.0', '25.06.1'],
  ['25.06', '25.06.1'],
  ['1.2.09', '1.2.10'],
  ['1.2.007', '1.2.008'],
  ['5.5.2026', '5.5.2027'],
  ['1.0.0-rc.1', '1.0.0-rc.2'],
  ['1.0.0-rc.9', '1.0.0-rc.10'],
  ['1.0.0-rc.09', '1.0.0-rc.10'],
  ['1.0.0-rc1', '1.0.0-rc2'],
  ['1.0.0-rc9', '1.0.0-rc9.1'],
  ['1.0.0-rc19', '1.0.0-rc20'],
  ['1.0.0-9', '1.0.0-10'],
  ['1.0.0-a-9', '1.0.0-a-9.1'],
  ['1.0.0-beta', '1.0.0-beta.1'],
  ['2.0.1-up.1', '2.0.1-up.2'],
  ['1.0.0_1', '1.0.0_2'],
  ['1.2.3+build.5', '1.2.4'],
  ['1.0.0-rc.1+5', '1.0.0-rc.2'],
  ['1.5-', '1.5.1'],
  ['latest', 'latest.1'],
  ['', '0.0.1'],
  ['v', 'v0.0.1'],
  [`1.0.${'9'.repeat(30)}`, `1.0.1${'0'.repeat(30)}`],
])('after %j comes %j', (version, next) => {
  expect(nextFreeVersion(version, [version])).toBe(next);
});

describe('what is taken is left out', () => {
  test.each([
    ['1.2.0', ['1.2.1', '1.2.2', '1.3.0'], '1.2.3'],
    ['1.2.0', ['1.2.2'], '1.2.1'],
    ['1.5', ['v1.5.1'], '1.5.2'],
    ['1.5', ['1.5.1+up.1'], '1.5.2'],
    ['1.2.0', ['1.2.01'], '1.2.2'],
    ['1.0.0-rc.1', ['1.0.0-rc.2', '1.0.0'], '1.0.0-rc.3'],
    ['1.0.0-rc8', ['1.0.0-rc9'], '1.0.0-rc8.1'],
    ['1.0.0-beta', ['1.0.0-beta.1'], '1.0.0-beta.2'],
  ])('%s beside %j: %s', (version, taken, next) => {
    expect(nextFreeVersion(version, taken)).toBe(next);
  });

  test('however many there are', () => {
    const taken = Array.from({ length: 100_000 }, (_, index) => `1.2.${index}`);
    expect(nextFreeVersion('1.2.0', taken)).toBe('1.2.100000');
  });
});

const written = fc
  .record({
    prefix: fc.constantFrom('', 'v', 'V'),
    numbers: fc.array(fc.oneof(fc.constantFrom('0', '00', '1', '09', '9', '10'), fc.stringMatching(/^[0-9]{1,3}$/u)), {
      maxLength: 4,
    }),
    separator: fc.constantFrom('', '-', '_', '.'),
    rest: fc.array(fc.constantFrom('', '0', '1', '9', '09', 'rc', 'rc9', 'up', 'a-1'), { maxLength: 3 }),
    build: fc.constantFrom('', '+a', '+1'),
  })
  .map(
    ({ prefix, numbers, separator, rest, build }) => prefix + numbers.join('.') + separator + rest.join('.') + build,
  );
const anything = fc.oneof(written, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 }));

/** What makes two versions one for people: `v1.5` and `1.5.0`. */
function alike(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  const numbers = (parts: readonly string[]): string => parts.join('.').replace(/(?:^|\.)0(?:\.0)*$/u, '');
  return (
    numbers(left.core) === numbers(right.core) &&
    JSON.stringify(left.prerelease.map(plain)) === JSON.stringify(right.prerelease.map(plain))
  );
}

function plain(identifier: string): string {
  return /^[0-9]+$/u.test(identifier) ? BigInt(identifier).toString() : identifier;
}

test('the next version is higher, free, and like no other, whatever there is', () => {
  fc.assert(
    fc.property(anything, fc.array(anything, { maxLength: 8 }), (version, others) => {
      const taken = [version, ...others];
      const next = nextFreeVersion(version, taken);
      expect(compareVersions(next, version)).toBeGreaterThan(0);
      expect(taken.filter((other) => alike(other, next))).toEqual([]);
      expect(nextFreeVersion(version, taken.toReversed())).toBe(next);
    }),
    { numRuns: 2000 },
  );
});

test('it lies below the next train, and a series of them takes no number twice', () => {
  const number = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(number, number, number, fc.array(number, { maxLength: 20 }), (major, minor, patch, others) => {
      const version = `${major}.${minor}.${patch}`;
      const train = others.map((other) => `${major}.${minor}.${other}`);
      const first = nextFreeVersion(version, [version, ...train]);
      const second = nextFreeVersion(version, [version, ...train, first]);
      expect(compareVersions(first, second)).toBeLessThan(0);
      expect(compareVersions(second, `${major}.${minor + 1}.0`)).toBeLessThan(0);
      const higher = train.filter((other) => compareVersions(other, version) > 0);
      const above = higher.toSorted(compareVersions)[0];
      if (above !== undefined && above !== `${major}.${minor}.${patch + 1}`)
        expect(compareVersions(first, above)).toBeLessThan(0);
    }),
  );
});

test('what an author may write as a version stays one', () => {
  const valid = /^[vV]?[0-9](?:[0-9A-Za-z.+_-]*[0-9A-Za-z])?$/u;
  fc.assert(
    fc.property(fc.stringMatching(/^[vV]?[0-9][0-9A-Za-z.+_-]{0,8}[0-9A-Za-z]$/u), (version) => {
      expect(nextFreeVersion(version, [version])).toMatch(valid);
    }),
  );
});
