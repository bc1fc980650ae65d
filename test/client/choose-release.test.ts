import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseRelease, type ChooseOptions } from '../../src/client/choose-release.ts';
import { parseReference } from '../../src/client/reference.ts';
import type { ClientWarning } from '../../src/client/registry.ts';
import { PackyardError } from '../../src/errors.ts';
import type { PackDocument } from '../../src/model/documents.ts';
import type { ReleaseStatus } from '../../src/model/status.ts';
import { highestMatching, parseSelector } from '../../src/model/version-selector.ts';
import { packDocument, type ReleaseFacts } from '../helpers/packs-registry.ts';

const YANKED: ReleaseStatus = { state: 'yanked', reason: 'It loses data.', at: '2026-05-01', replacement: '1.3.1' };
const DISABLED: ReleaseStatus = { state: 'disabled', reason: 'The vendor took the images away', at: '2026-04-01' };
const DEPRECATED: ReleaseStatus = { state: 'deprecated', reason: 'Too old', replacement: 'caddy@2.0.0' };

const NGINX = packDocument('nginx', [
  { version: '2.0.0-rc.1' },
  { version: '1.5.0', status: YANKED },
  { version: '1.4.0', status: DISABLED },
  { version: 'v1.3.1', group: 'LTS' },
  { version: '1.3.0' },
  { version: '1.2.0', status: DEPRECATED },
  { version: '1.1' },
  { version: '0.9.0', status: YANKED },
]);

function chosen(reference: string, options: ChooseOptions = {}, document: PackDocument = NGINX): string {
  return chooseRelease(document, parseReference(reference), options).version;
}

test.each([
  ['nginx', 'v1.3.1'],
  ['nginx@latest', 'v1.3.1'],
  ['nginx:latest', 'v1.3.1'],
  ['nginx:1.3.x', 'v1.3.1'],
  ['nginx:LTS__1.x', 'v1.3.1'],
  ['nginx@1.x', 'v1.3.1'],
  ['nginx@*', 'v1.3.1'],
  ['nginx@>=1.3', 'v1.3.1'],
  ['nginx@1.3.1', 'v1.3.1'],
  ['nginx@=1.3.1', 'v1.3.1'],
  ['nginx:1.3.0', '1.3.0'],
  ['nginx@1.1.0', '1.1'],
  ['nginx@2.x', '2.0.0-rc.1'],
  ['nginx@2.0.0-rc.1', '2.0.0-rc.1'],
  ['nginx@<1.2 || 1.3.0', '1.3.0'],
])('%s is %s', (reference, version) => {
  const warnings: ClientWarning[] = [];
  expect(chosen(reference, { onWarning: (warning) => warnings.push(warning) })).toBe(version);
  expect(warnings).toEqual([]);
});

test('a digest names one release: that of the archive, or of what is in it', () => {
  const release = NGINX.releases.find(({ version }) => version === '1.3.0');
  expect(chosen(`nginx@sha256:${release?.artifact.sha256}`)).toBe('1.3.0');
  expect(chosen(`nginx@sha256:${release?.artifact.contentSha256}`)).toBe('1.3.0');
});

test('what is written as it was asked for goes before what ranks the same', () => {
  const document = packDocument('nginx', ['1.5', 'v1.5', { version: '1.5.0', status: YANKED }]);
  expect(chosen('nginx@1.5', {}, document)).toBe('1.5');
  expect(chosen('nginx@v1.5', {}, document)).toBe('v1.5');
  expect(refusal('nginx@1.5.0', {}, document)).toMatchObject({ code: 'yanked' });
  expect(chosen('nginx@1.5.0.0', {}, document)).toBe('v1.5');
});

describe('a deprecated release', () => {
  test('is taken where nothing else is meant, with a warning', () => {
    const warnings: ClientWarning[] = [];
    const onWarning = (warning: ClientWarning): unknown => warnings.push(warning);
    expect(chosen('nginx@1.2.x', { onWarning })).toBe('1.2.0');
    expect(chosen('nginx@1.2.0', { onWarning })).toBe('1.2.0');
    const warning = {
      code: 'deprecated',
      message: 'nginx 1.2.0 is deprecated: Too old.',
      hint: 'Use caddy@2.0.0 instead.',
    };
    expect(warnings).toEqual([warning, warning]);
  });

  test('is the latest where all are', () => {
    const document = packDocument('old', [
      { version: '1.0.0', status: DEPRECATED },
      { version: '2.0.0', status: DEPRECATED },
      { version: '3.0.0', status: YANKED },
    ]);
    expect(document.tags).toEqual({});
    expect(chosen('old', {}, document)).toBe('2.0.0');
    expect(chosen('old:1.x', {}, document)).toBe('1.0.0');
  });
});

describe('a yanked or disabled release', () => {
  test.each(['nginx@1.5.0', 'nginx@1.4.0', 'nginx:1.5.0', 'nginx@0.9', `nginx@sha256:${digestOf('1.5.0')}`])(
    'is refused where it is named: %s',
    (reference) => {
      expect(refusal(reference)).toMatchSnapshot();
    },
  );

  test.each(['nginx@1.5.x', 'nginx@0.9.x', 'nginx@>=1.4 <2.0.0-0', 'nginx:0.x'])(
    'is no choice: %s, allowed or not',
    (reference) => {
      expect(refusal(reference)).toMatchSnapshot();
      expect(refusal(reference, { allowYanked: true })).toEqual(refusal(reference));
    },
  );

  test('is taken where it is named and allowed, with a warning', () => {
    const warnings: ClientWarning[] = [];
    const onWarning = (warning: ClientWarning): unknown => warnings.push(warning);
    expect(chosen('nginx@1.5.0', { allowYanked: true, onWarning })).toBe('1.5.0');
    expect(chosen('nginx@1.4.0', { allowYanked: true, onWarning })).toBe('1.4.0');
    expect(warnings).toEqual([
      {
        code: 'yanked',
        message: 'nginx 1.5.0 is yanked since 2026-05-01: It loses data.',
        hint: 'Use nginx@1.3.1 instead.',
      },
      { code: 'disabled', message: 'nginx 1.4.0 is disabled since 2026-04-01: The vendor took the images away.' },
    ]);
  });

  test('is not what a tag of a hostile document names', () => {
    const document = { ...NGINX, tags: { latest: '1.5.0', '1.x': '9.9.9' } };
    expect(chosen('nginx', {}, document)).toBe('v1.3.1');
    expect(chosen('nginx:1.x', {}, document)).toBe('v1.3.1');
  });
});

describe('a least age', () => {
  const document = packDocument('nginx', [
    { version: '1.3.0', publishedAt: '2026-05-09T12:00:00Z' },
    { version: '1.2.0', publishedAt: '2026-05-01T12:00:00Z', group: 'LTS' },
    { version: '1.1.0', publishedAt: '2026-04-01T12:00:00Z' },
    { version: '1.0.0', status: DEPRECATED, publishedAt: '2026-03-01T12:00:00Z' },
  ]);
  const now = (): Date => new Date('2026-05-10T12:00:00Z');
  const days = (count: number): ChooseOptions => ({ minAge: count * 86_400_000, now });

  test.each<[string, number, string]>([
    ['nginx', 1, '1.3.0'],
    ['nginx', 3, '1.2.0'],
    ['nginx:1.x', 3, '1.2.0'],
    ['nginx:LTS__1.x', 3, '1.2.0'],
    ['nginx@1.x', 10, '1.1.0'],
    ['nginx@<=1.2', 10, '1.1.0'],
    ['nginx', 50, '1.0.0'],
    ['nginx@1.1.0', 3, '1.1.0'],
  ])('%s of at least %d days is %s', (reference, count, version) => {
    expect(chosen(reference, days(count), document)).toBe(version);
  });

  test('warns where it changes the result, and only there', () => {
    const warnings: ClientWarning[] = [];
    const onWarning = (warning: ClientWarning): unknown => warnings.push(warning);
    chosen('nginx', { ...days(1), onWarning }, document);
    chosen('nginx@<1.3', { ...days(3), onWarning }, document);
    expect(warnings).toEqual([]);
    chosen('nginx', { ...days(3), onWarning }, document);
    expect(warnings).toEqual([
      {
        code: 'min-age',
        message: 'nginx 1.3.0 was published 1 day ago, and at least 3 days are asked for: 1.2.0 is taken.',
        hint: 'To take 1.3.0, ask for no least age: --min-age 0d.',
      },
    ]);
  });

  test.each(['nginx@1.3.x', 'nginx@1.3.0', 'nginx:1.3.x', 'nginx@>=1.2'])(
    'says when something will be old enough: %s',
    (reference) => {
      expect(refusal(reference, days(20), document)).toMatchSnapshot();
    },
  );

  test('ignores what does not say when it was published, or says a time to come', () => {
    const [first, ...others] = document.releases;
    const { publishedAt: _, ...untimed } = first ?? expect.fail();
    const later = packDocument('nginx', [{ version: '1.0.0', publishedAt: '2030-01-01T00:00:00Z' }]);
    expect(chosen('nginx', days(3), { ...document, releases: [untimed, ...others] })).toBe('1.2.0');
    expect(refusal('nginx@1.3.0', days(3), { ...document, releases: [untimed, ...others] })).toMatchSnapshot();
    expect(refusal('nginx', days(3), later)).toMatchSnapshot();
  });

  test('goes before what is refused: a release that is too young and yanked is too young', () => {
    const young = packDocument('nginx', [{ version: '1.0.0', status: YANKED, publishedAt: '2026-05-10T00:00:00Z' }]);
    expect(refusal('nginx@1.0.0', days(3), young)).toMatchObject({ code: 'no-version' });
  });
});

test('a selector that is none is refused, also where no command line read it', () => {
  expect(() => chooseRelease(NGINX, { name: 'nginx', selector: 'stable' })).toThrow(
    expect.objectContaining({ code: 'usage', message: '"stable" says no version of the pack "nginx".' }),
  );
});

describe('for any releases', () => {
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(2), fc.constantFrom('', '-rc.1', '-up.2', '+b'))
    .map(([a, b, c, end]) => `${a}.${b}.${c}${end}`);
  const status = fc.option(fc.constantFrom(YANKED, DISABLED, DEPRECATED), { nil: undefined, freq: 2 });
  const releases = fc.uniqueArray(
    fc.tuple(version, status).map(([each, its]): ReleaseFacts => ({ version: each, ...(its && { status: its }) })),
    { selector: (facts) => facts.version, minLength: 1, maxLength: 12 },
  );
  const selector = fc.oneof(
    version,
    fc.constantFrom('*', '0.x', '1.x', '1.2.x', '>=1.1 <3', '^1.1', '~2.1', '<2', '1.0.0 - 2.1', '0.x || 3.x', '>9'),
  );
  const outcome = (document: PackDocument, text: string): string => {
    try {
      return chosen(`nginx@${text}`, {}, document);
    } catch (error) {
      return error instanceof PackyardError ? `${error.code}: ${error.message}` : String(error);
    }
  };

  test('what is chosen is the highest active one that the selector means, where there is one', () => {
    fc.assert(
      fc.property(releases, selector, (facts, text) => {
        const active = facts.filter((each) => each.status === undefined).map((each) => each.version);
        const parsed = parseSelector(text) ?? expect.fail();
        const expected = highestMatching(active, parsed);
        const isNamed = facts.some((each) => each.version === text);
        fc.pre(expected !== undefined && !isNamed);
        expect(outcome(packDocument('nginx', facts), text)).toBe(expected);
      }),
    );
  });

  test('the order of the document does not matter', () => {
    fc.assert(
      fc.property(
        releases,
        fc.oneof(selector, fc.constant('latest')),
        fc.infiniteStream(fc.nat()),
        (facts, text, keys) => {
          const document = packDocument('nginx', facts);
          const keyed = document.releases.map((release) => ({ release, key: keys.next().value }));
          const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ release }) => release);
          expect(outcome({ ...document, releases: shuffled }, text)).toBe(outcome(document, text));
        },
      ),
    );
  });

  test('nothing withdrawn is ever chosen without being allowed', () => {
    fc.assert(
      fc.property(releases, fc.oneof(selector, fc.constant('latest')), (facts, text) => {
        const result = outcome(packDocument('nginx', facts), text);
        const state = facts.find((each) => each.version === result)?.status?.state;
        expect(['yanked', 'disabled']).not.toContain(state);
      }),
    );
  });
});

function digestOf(version: string): string {
  return NGINX.releases.find((release) => release.version === version)?.artifact.sha256 ?? '';
}

function refusal(reference: string, options: ChooseOptions = {}, document: PackDocument = NGINX): object {
  try {
    return { chosen: chosen(reference, options, document) };
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
}
