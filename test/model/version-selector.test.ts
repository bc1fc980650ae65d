import * as fc from 'fast-check';
import semver from 'semver';
import { describe, expect, test } from 'vitest';

import { compareVersions } from '../../src/model/version.ts';
import { highestMatching, matches, parseSelector, type Selector } from '../../src/model/version-selector.ts';

function read(text: string): Selector {
  const selector = parseSelector(text);
  if (selector === undefined) throw new Error(`${text} was not read`);
  return selector;
}

const meant = (text: string, versions: readonly string[]): string[] =>
  versions.filter((version) => matches(read(text), version));

const VERSIONS = ['0.2.3', '1.2', '1.2.9', '1.3.0-rc.1', '1.3.0', 'v1.3.1', '1.10.0', '2.0.0-up.1', '2.0.0', '25.06.0'];

describe('matches', () => {
  test.each<[string, readonly string[]]>([
    ['1.3.1', ['v1.3.1']],
    ['v1.3.1', ['v1.3.1']],
    ['1.2', ['1.2']],
    ['1.2.0', ['1.2']],
    ['25.6.0', ['25.06.0']],
    ['1', []],
    ['*', VERSIONS],
    ['x', VERSIONS],
    ['1.x', ['1.2', '1.2.9', '1.3.0-rc.1', '1.3.0', 'v1.3.1', '1.10.0']],
    ['1.X.x', ['1.2', '1.2.9', '1.3.0-rc.1', '1.3.0', 'v1.3.1', '1.10.0']],
    ['v1.3.x', ['1.3.0-rc.1', '1.3.0', 'v1.3.1']],
    ['25.06.*', ['25.06.0']],
    ['=1.3', ['1.3.0-rc.1', '1.3.0', 'v1.3.1']],
    ['=1.3.0', ['1.3.0']],
    ['^0.2.1', ['0.2.3']],
    ['^1.3', ['1.3.0-rc.1', '1.3.0', 'v1.3.1', '1.10.0']],
    ['^1.3.0', ['1.3.0', 'v1.3.1', '1.10.0']],
    ['~1.2', ['1.2', '1.2.9']],
    ['~> 1.3.1', ['v1.3.1']],
    ['>= 1.3 <2', ['1.3.0-rc.1', '1.3.0', 'v1.3.1', '1.10.0']],
    ['>1.3', ['1.10.0', '2.0.0-up.1', '2.0.0', '25.06.0']],
    ['<=1.2', ['0.2.3', '1.2', '1.2.9']],
    ['<1.2.0', ['0.2.3']],
    ['1.2 - 1.3.0', ['1.2', '1.2.9', '1.3.0-rc.1', '1.3.0']],
    ['0.2.3 || 2.x', ['0.2.3', '2.0.0-up.1', '2.0.0']],
    ['<*', []],
    ['>=*', VERSIONS],
  ])('%s means %j', (text, wanted) => {
    expect(meant(text, VERSIONS)).toEqual(wanted);
  });

  test('means whatever a version may be called', () => {
    expect(meant('1.x-rc.1', ['1.x-rc.1', '1.0.0'])).toEqual(['1.x-rc.1']);
    expect(meant('1..2', ['1..2', '1.0.2'])).toEqual(['1..2']);
  });

  test('reads versions of any count of numbers', () => {
    const versions = ['1.2.3', '1.2.3.4', '1.2.3.5', '1.2.4', '1.3'];
    expect(meant('1.2.3.x', versions)).toEqual(['1.2.3', '1.2.3.4', '1.2.3.5']);
    expect(meant('~1.2.3.5', versions)).toEqual(['1.2.3.5', '1.2.4']);
    expect(meant('^1.2.3.5', versions)).toEqual(['1.2.3.5', '1.2.4', '1.3']);
    expect(meant('<=9007199254740993.0', ['9007199254740992.9', '9007199254740994'])).toEqual(['9007199254740992.9']);
  });

  test('takes build metadata for a difference only where the selector has some', () => {
    expect(meant('1.0.0', ['1.0.0+a', '1.0.0+b'])).toEqual(['1.0.0+a', '1.0.0+b']);
    expect(meant('1.0.0+a', ['1.0.0', '1.0.0+a', '1.0.0+b'])).toEqual(['1.0.0+a']);
  });

  test('means what is no version by * only', () => {
    for (const text of ['<1', '>=0.0.0-0', '0.0.0-nightly', '0.x']) expect(meant(text, ['nightly', ''])).toEqual([]);
    expect(meant('*', ['nightly'])).toEqual(['nightly']);
  });
});

test.each([
  '',
  ' ',
  '||',
  '1.x ||',
  'latest',
  'LTS__1.x',
  '>=',
  '^',
  '>1.2 - 2',
  '1.2,1.3',
  '>=1.2-',

  '=>1.2',

  '--force',
  '1.2; rm',
  'a'.repeat(300),
  `1.${'0'.repeat(300)}`,
  '>=1.2 <',
  '!1.2',
  '\u0000',
  '1.x.',
])('%j says no versions', (text) => {
  expect(parseSelector(text)).toBeUndefined();
});

describe('highestMatching', () => {
  test.each<[string, string | undefined]>([
    ['*', '25.06.0'],
    ['1.x', '1.10.0'],
    ['1.3.x', 'v1.3.1'],
    ['<1.3.0', '1.2.9'],
    ['>=1.3.0-rc.0 <1.3.0', '1.3.0-rc.1'],
    ['1.3.0-rc.1', '1.3.0-rc.1'],
    ['>2.0.0-0 <2.0.0', '2.0.0-up.1'],
    ['3.x', undefined],
  ])('%s is %s', (text, wanted) => {
    expect(highestMatching(VERSIONS, read(text))).toBe(wanted);
  });

  test('takes a prerelease where nothing else is left, and a version as it is written', () => {
    expect(highestMatching(['1.4.0-rc.1', '1.4.0-rc.2', '1.3.0'], read('1.4.x'))).toBe('1.4.0-rc.2');
    expect(highestMatching(['v1.5.0', '1.5.0', '1.5'], read('1.5'))).toBe('1.5');
    expect(highestMatching([], read('*'))).toBeUndefined();
  });
});

const number = fc.constantFrom('0', '1', '2', '3', '10');
const identifier = fc.constantFrom('0', '1', 'alpha', 'rc', '10');
const full = fc
  .tuple(number, number, number, fc.array(identifier, { maxLength: 2 }))
  .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest.length === 0 ? '' : `-${rest.join('.')}`}`);
const release = fc.tuple(number, number, number).map((parts) => parts.join('.'));
const train = fc
  .array(number, { minLength: 1, maxLength: 2 })
  .chain((parts) => fc.constantFrom(`${parts.join('.')}.x`, `${parts.join('.')}.*`));
const partial = fc.array(number, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('.'));
const comparator = fc.oneof(
  full,
  train,
  fc.constant('*'),
  fc
    .tuple(fc.constantFrom('>', '>=', '<', '<=', '=', '~', '^', '~>'), fc.oneof(full, train, partial))
    .map((parts) => parts.join('')),
);
const range = fc.oneof(
  fc.array(comparator, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
  fc.tuple(fc.oneof(full, partial), fc.oneof(full, partial)).map((parts) => parts.join(' - ')),
);
const selector = fc.array(range, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' || '));

describe('agrees with semver', () => {
  test('about which releases a range means', () => {
    fc.assert(
      fc.property(selector, release, (text, version) => {
        expect(matches(read(text), version)).toBe(semver.satisfies(version, text));
      }),
      { numRuns: 10_000 },
    );
  });

  test('about which prereleases a range means', () => {
    fc.assert(
      fc.property(selector, full, (text, version) => {
        // Whether `^0.1.2` and `1.2.3 - 2` mean prereleases of their own first version is decided there case by case.
        fc.pre(!text.includes(version.replace(/-.*$/u, '')));
        expect(matches(read(text), version)).toBe(semver.satisfies(version, text, { includePrerelease: true }));
      }),
      { numRuns: 10_000 },
    );
  });

  test('about the highest one', () => {
    fc.assert(
      fc.property(selector, fc.uniqueArray(full, { maxLength: 8 }), (text, versions) => {
        const parsed = read(text);
        // An alternative that means everything, such as `>=0`, makes it forget all others.
        fc.pre(new semver.Range(text).set.length === parsed.alternatives.length);
        // As above: whether `1.2 - 1.2.0-0` means a prerelease of its own first version.
        fc.pre(!/ - [^ ]*-/u.test(text));
        const highest = semver.maxSatisfying(versions, text);
        if (highest !== null) expect(highestMatching(versions, parsed)).toBe(highest);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('whatever is asked', () => {
  const anything = fc.oneof(selector, fc.string({ maxLength: 20 }), fc.stringMatching(/^[-0-9.xX*<>=~^| v+]{0,20}$/u));

  test('parsing never throws, and the highest match is a match', () => {
    fc.assert(
      fc.property(
        anything,
        fc.array(fc.oneof(full, fc.string({ maxLength: 8 })), { maxLength: 6 }),
        (text, versions) => {
          const parsed = parseSelector(text);
          if (parsed === undefined) return;
          const highest = highestMatching(versions, parsed);
          const all = versions.filter((version) => matches(parsed, version));
          if (highest === undefined) expect(all).toEqual([]);
          else expect(all).toContain(highest);
          expect(highestMatching(versions.toReversed(), parsed)).toBe(highest);
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('a version means itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[vV]?[0-9]([0-9A-Za-z.+_-]{0,12}[0-9A-Za-z])?$/u), (version) => {
        // What looks like a train is one.
        fc.pre(!/^[vV]?[0-9]+(?:\.(?:[0-9]+|[xX]))+$/u.test(version));
        expect(matches(read(version), version)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('a range has no gaps', () => {
    fc.assert(
      fc.property(range, fc.array(full, { minLength: 3, maxLength: 3 }), (text, versions) => {
        const [low = '', middle = '', high = ''] = versions.toSorted(compareVersions);
        const parsed = read(text);
        if (matches(parsed, low) && matches(parsed, high)) expect(matches(parsed, middle)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
