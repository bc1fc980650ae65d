import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compareUtf8 } from '../../src/model/compare-utf8.ts';
import { compareVersions, isPrerelease, parseVersion } from '../../src/model/version.ts';

const digits = fc.stringMatching(/^(?:0|[1-9][0-9]{0,20})$/u);
const anyDigits = fc.stringMatching(/^[0-9]{1,4}$/u);
const identifier = fc.oneof(digits, fc.stringMatching(/^[0-9]{0,3}[A-Za-z-][0-9A-Za-z-]{0,4}$/u));
const core = fc.tuple(digits, digits, digits).map((parts) => parts.join('.'));

/** Versions that SemVer 2.0.0 accepts, often close to each other. */
const semver = fc
  .record({
    core: fc.oneof(fc.constantFrom('1.0.0', '1.2.0', '1.10.0'), core),
    prerelease: fc.array(fc.oneof(fc.constantFrom('alpha', '1', '2', '10', 'rc'), identifier), { maxLength: 4 }),
    build: fc.array(fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/u), { maxLength: 2 }),
  })
  .map(
    ({ core: numbers, prerelease, build }) =>
      numbers +
      (prerelease.length === 0 ? '' : `-${prerelease.join('.')}`) +
      (build.length === 0 ? '' : `+${build.join('.')}`),
  );

const lenient = fc
  .record({
    prefix: fc.constantFrom('', 'v', 'V'),
    numbers: fc.array(fc.oneof(fc.constantFrom('0', '00', '1', '01', '10'), anyDigits), { maxLength: 4 }),
    separator: fc.constantFrom('', '-', '_', '.', '--'),
    rest: fc.array(fc.oneof(fc.constantFrom('', '1', '01', 'up', 'rc'), identifier), { maxLength: 3 }),
    build: fc.constantFrom('', '+a', '+b'),
  })
  .map(
    ({ prefix, numbers, separator, rest, build }) => prefix + numbers.join('.') + separator + rest.join('.') + build,
  );

const anything = fc.oneof(
  semver,
  lenient,
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\ue000', '🦊', '1', '.'), maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', '+', 'v', 'a', '\n'), maxLength: 8 }),
);

/** Precedence by section 11 of SemVer 2.0.0, written for this test with its own parser. */
function precedence(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => {
    const [main = ''] = version.split('+', 1);
    const dash = main.indexOf('-');
    const numbers = (dash === -1 ? main : main.slice(0, dash)).split('.').map(BigInt);
    return { numbers, prerelease: dash === -1 ? [] : main.slice(dash + 1).split('.') };
  });
  if (left === undefined || right === undefined) throw new Error('two versions are compared');
  for (const index of [0, 1, 2]) {
    const [x = 0n, y = 0n] = [left.numbers[index], right.numbers[index]];
    if (x !== y) return x < y ? -1 : 1;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) {
    return Number(left.prerelease.length === 0) - Number(right.prerelease.length === 0);
  }
  const pairs = left.prerelease.map((x, index) => [x, right.prerelease[index]] as const);
  for (const [x, y] of pairs) {
    if (y === undefined) return 1;
    if (x === y) continue;
    const [numberX, numberY] = [/^[0-9]+$/u.test(x), /^[0-9]+$/u.test(y)];
    if (numberX && numberY) return BigInt(x) < BigInt(y) ? -1 : 1;
    if (numberX !== numberY) return numberX ? -1 : 1;
    return Buffer.compare(Buffer.from(x), Buffer.from(y));
  }
  return left.prerelease.length === right.prerelease.length ? 0 : -1;
}

describe('compareVersions', () => {
  test('is antisymmetric, and 0 only for the same string', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        const order = Math.sign(compareVersions(a, b));
        expect(Math.sign(compareVersions(b, a)) + order).toBe(0);
        expect(order === 0).toBe(a === b);
      }),
      { numRuns: 3000 },
    );
  });

  test('is transitive', () => {
    fc.assert(
      fc.property(anything, anything, anything, (...versions) => {
        const [a, b, c] = versions.toSorted(compareVersions) as [string, string, string];
        expect(compareVersions(a, b)).toBeLessThanOrEqual(0);
        expect(compareVersions(b, c)).toBeLessThanOrEqual(0);
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 5000 },
    );
  });

  test('agrees with SemVer precedence wherever both are SemVer', () => {
    fc.assert(
      fc.property(semver, semver, (a, b) => {
        const wanted = precedence(a, b);
        if (wanted !== 0) expect(Math.sign(compareVersions(a, b))).toBe(wanted);
      }),
      { numRuns: 5000 },
    );
  });

  test('orders versions of one rank by their code points', () => {
    const build = fc.string({ unit: fc.constantFrom('a', 'é', '\uffff', '🦊', '\u{10ffff}'), maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom('1.5', '1.5.0', 'v1.5', '1.05'), build, build, (numbers, one, other) => {
        const [a, b] = [`${numbers}+${one}`, `1.5+${other}`];
        expect(Math.sign(compareVersions(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(Math.sign(compareVersions(`1-x${one}`, `1-x${other}`))).toBe(compareUtf8(one, other));
      }),
      { numRuns: 1000 },
    );
    expect(compareVersions('1.0.0+\uffff', '1.0.0+🦊')).toBeLessThan(0);
  });

  test('orders the examples of SemVer section 11', () => {
    const ascending = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '2.0.0',
      '2.1.0',
      '2.1.1',
    ];
    expect(ascending.toReversed().toSorted(compareVersions)).toEqual(ascending);
    expect(ascending.toSorted((a, b) => precedence(a, b))).toEqual(ascending);
  });

  test.each([
    ['1.5', '1.5.1'],
    ['1.5', '1.10'],
    ['1.5', '1.5.0'],
    ['v1.8.7', 'v1.8.10'],
    ['v1.8.7', '1.9'],
    ['25.06.0', '25.6.1'],
    ['25.06.0', '25.10.0'],
    ['2.0.1-up.1', '2.0.1'],
    ['2.0.1-up.2', '2.0.1-up.10'],
    ['5.5.2026', '5.10.2025'],
    ['1.0.0+a', '1.0.0+b'],
    ['9007199254740992.0.0', '9007199254740993.0.0'],
    ['', '0.0.1'],
    ['nightly', '0'],
  ])('%s is below %s', (lower, higher) => {
    expect(compareVersions(lower, higher)).toBeLessThan(0);
    expect(compareVersions(higher, lower)).toBeGreaterThan(0);
  });
});

describe('parseVersion', () => {
  test.each([
    ['1.5', ['1', '5'], []],
    ['v1.8.7', ['1', '8', '7'], []],
    ['25.06.0', ['25', '6', '0'], []],
    ['2.0.1-up.1', ['2', '0', '1'], ['up', '1']],
    ['5.5.2026', ['5', '5', '2026'], []],
    ['1.0.0-rc.1+build.5', ['1', '0', '0'], ['rc', '1']],
    ['1.0.0+build-5', ['1', '0', '0'], []],
    ['1.2rc1', ['1', '2'], ['rc1']],
    ['000', ['0'], []],
    ['latest', [], ['latest']],
    ['', [], []],
  ])('reads %s', (raw, numbers, prerelease) => {
    expect(parseVersion(raw)).toEqual({ raw, core: numbers, prerelease });
  });

  test('keeps what was written, whatever it is', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        expect(parseVersion(raw).raw).toBe(raw);
      }),
    );
  });
});

test.each([
  ['2.0.1-up.1', true],
  ['1.0.0-0', true],
  ['2.0.1', false],
  ['v1.5', false],
  ['1.0.0+build', false],
])('%s is a prerelease: %s', (raw, wanted) => {
  expect(isPrerelease(parseVersion(raw))).toBe(wanted);
});
