import { describe, expect, test } from 'vitest';

import { lockText, type LockedPack } from '../../../src/client/lock/packyard-lock.ts';
import { planPack, type PlannedPack, type PlanPackOptions } from '../../../src/client/lock/plan-pack.ts';
import type { WantedPack } from '../../../src/client/lock/wanted-packs.ts';
import { PackyardError } from '../../../src/errors.ts';
import type { PackDocument, ReleaseDocument } from '../../../src/model/documents.ts';
import type { ReleaseStatus } from '../../../src/model/status.ts';
import { packDocument } from '../../helpers/packs-registry.ts';

const DAY = 24 * 60 * 60 * 1000;
const YANKED: ReleaseStatus = { state: 'yanked', reason: 'It loses data.', at: '2026-05-01', replacement: '1.3.1' };
const PLACE = { location: 'https://packs.example.org/', registry: 'community' };

const NGINX = packDocument('nginx', [
  { version: '2.0.0', publishedAt: '2026-06-01T00:00:00Z' },
  { version: '1.3.1', publishedAt: '2026-05-30T00:00:00Z', group: 'LTS' },
  { version: '1.3.0', publishedAt: '2026-03-01T00:00:00Z' },
  { version: '1.2.0', publishedAt: '2026-01-01T00:00:00Z' },
]);

function wanted(selector: string): WantedPack {
  return { name: 'nginx', selector, registry: undefined, minAge: undefined };
}

function pinned(version: string, selector: string, change: Partial<LockedPack> = {}): LockedPack {
  const release = NGINX.releases.find((each) => each.version === version);
  const { sha256, contentSha256, size } = release?.artifact ?? {
    sha256: '0'.repeat(64),
    contentSha256: '1'.repeat(64),
    size: 1,
  };
  return { selector, registry: 'community', version, sha256, contentSha256, size, ...change };
}

interface Given {
  readonly document?: PackDocument;
  readonly pin?: LockedPack;
  readonly options?: Partial<PlanPackOptions>;
}

const NOW = (): Date => new Date('2026-06-02T00:00:00Z');

function planned(selector: string, { document = NGINX, pin, options }: Given = {}): PlannedPack {
  return planPack(wanted(selector), pin, document, PLACE, { move: false, now: NOW, ...options });
}

/** What becomes of a pin, in a line. */
function outcome(selector: string, given: Given = {}): string {
  const { pin, change, warnings } = planned(selector, given);
  const words = warnings.map(({ code }) => `, warns of ${code}`);
  return `${change.kind} ${pin.version} for ${pin.selector}${words.join('')}`;
}

/** The same document with one release changed. */
function withRelease(version: string, change: (release: ReleaseDocument) => Partial<ReleaseDocument>): PackDocument {
  return {
    ...NGINX,
    releases: NGINX.releases.map((each) => (each.version === version ? { ...each, ...change(each) } : each)),
  };
}

function withContent(version: string, supersedes?: ReleaseDocument['supersedes']): PackDocument {
  return withRelease(version, ({ artifact }) => ({
    artifact: { ...artifact, sha256: '8'.repeat(64), contentSha256: '9'.repeat(64) },
    ...(supersedes !== undefined && { supersedes }),
  }));
}

function failure(selector: string, given: Given): PackyardError {
  try {
    planned(selector, given);
  } catch (error) {
    if (error instanceof PackyardError) return error;
    throw error;
  }
  return expect.fail('it did not throw');
}

const MOVE = { move: true };

describe('a pack that has no pin gets', () => {
  test.each([
    ['latest', 'added 2.0.0 for latest'],
    ['1.x', 'added 1.3.1 for 1.x'],
    ['>=1.2 <1.3.1', 'added 1.3.0 for >=1.2 <1.3.1'],
    ['1.2.0', 'added 1.2.0 for 1.2.0'],
    ['LTS__1.3.x', 'added 1.3.1 for LTS__1.3.x'],
  ])('for %s: %s', (selector, expected) => {
    expect(outcome(selector)).toBe(expected);
  });

  test('all that the registry says', () => {
    const { pin, change } = planned('1.x');
    expect(lockText({ packs: new Map([['nginx', pin]]) })).toContain(NGINX.releases[1]?.artifact.contentSha256);
    expect(change).toEqual({
      name: 'nginx',
      kind: 'added',
      to: { version: '1.3.1', registry: 'community', publishedAt: '2026-05-30T00:00:00Z' },
    });
  });
});

describe('a pin', () => {
  test.each<[what: string, selector: string, pin: LockedPack, options: Partial<PlanPackOptions>, expected: string]>([
    ['that fits stays', '1.x', pinned('1.2.0', '1.x'), {}, 'unchanged 1.2.0 for 1.x'],
    ['that fits other words stays', '1.x || 2.x', pinned('1.2.0', '1.x'), {}, 'reworded 1.2.0 for 1.x || 2.x'],
    ['that does not fit moves', '2.x', pinned('1.2.0', '1.x'), {}, 'moved 2.0.0 for 2.x'],
    ['of a tag stays', 'latest', pinned('1.2.0', 'latest'), {}, 'unchanged 1.2.0 for latest'],
    ['is not that of a tag', 'latest', pinned('1.2.0', '1.x'), {}, 'moved 2.0.0 for latest'],
    ['is that of a tag by chance', 'latest', pinned('2.0.0', '*'), {}, 'reworded 2.0.0 for latest'],
    ['moves when asked to', '1.x', pinned('1.2.0', '1.x'), MOVE, 'moved 1.3.1 for 1.x'],
    ['that is the best stays', '1.x', pinned('1.3.1', '1.x'), MOVE, 'unchanged 1.3.1 for 1.x'],
    [
      'moves past what is too young',
      '1.x',
      pinned('1.2.0', '1.x'),
      { ...MOVE, minAge: 7 * DAY },
      'moved 1.3.0 for 1.x, warns of min-age',
    ],
    [
      'never moves down for its age',
      '1.x',
      pinned('1.3.1', '1.x'),
      { ...MOVE, minAge: 7 * DAY },
      'unchanged 1.3.1 for 1.x',
    ],
    [
      'stays where all are too young',
      '1.x',
      pinned('1.3.1', '1.x'),
      { ...MOVE, minAge: 999 * DAY },
      'unchanged 1.3.1 for 1.x',
    ],
    ['stays whatever its age', '1.x', pinned('1.3.1', '1.x'), { minAge: 999 * DAY }, 'unchanged 1.3.1 for 1.x'],
  ])('%s', (_, selector, pin, options, expected) => {
    expect(outcome(selector, { pin, options })).toBe(expected);
  });

  test('of another version than asked for moves down, too', () => {
    expect(planned('1.3.0', { pin: pinned('1.3.1', '1.x') }).change).toEqual({
      name: 'nginx',
      kind: 'moved',
      from: { version: '1.3.1', registry: 'community', publishedAt: '2026-05-30T00:00:00Z' },
      to: { version: '1.3.0', registry: 'community', publishedAt: '2026-03-01T00:00:00Z' },
    });
  });

  test('of a release that was yanked stays with a warning, and moves when asked to', () => {
    const document = withRelease('2.0.0', () => ({ status: YANKED }));
    const pin = pinned('2.0.0', '>=1');
    expect(planned('>=1', { document, pin }).warnings).toEqual([
      {
        code: 'yanked',
        message: 'nginx 2.0.0 is yanked since 2026-05-01: It loses data. packyard.lock pins it.',
        hint: 'Use nginx@1.3.1 instead. Where packyard.json allows one: packyard update nginx',
      },
    ]);
    expect(outcome('>=1', { document, pin, options: MOVE })).toBe('moved 1.3.1 for >=1');
    expect(outcome('2.x', { document, pin: pinned('2.0.0', '2.x'), options: MOVE })).toBe(
      'unchanged 2.0.0 for 2.x, warns of yanked',
    );
    expect(outcome('2.0.0', { document, pin: pinned('2.0.0', '2.0.0'), options: MOVE })).toBe(
      'unchanged 2.0.0 for 2.0.0, warns of yanked',
    );
    expect(failure('2.0.0', { document }).code).toBe('yanked');
    expect(outcome('2.0.0', { document, options: { allowYanked: true } })).toBe(
      'added 2.0.0 for 2.0.0, warns of yanked',
    );
  });

  test('that a tag means though the registry has no such tag stays', () => {
    const status: ReleaseStatus = { state: 'deprecated', reason: 'Use caddy' };
    const releases = NGINX.releases.map((each) => ({ ...each, status }));
    const document = { ...NGINX, tags: {}, releases };
    expect(outcome('latest', { document, pin: pinned('2.0.0', '*') })).toBe(
      'reworded 2.0.0 for latest, warns of deprecated',
    );
  });

  test('of a deprecated release moves down to an active one', () => {
    const document = withRelease('2.0.0', () => ({ status: { state: 'deprecated', reason: 'Too early' } }));
    expect(outcome('>=1', { document, pin: pinned('2.0.0', '>=1'), options: MOVE })).toBe('moved 1.3.1 for >=1');
  });

  test('keeps its archive where another one has the same content, until it is asked to move', () => {
    const pin = pinned('1.3.1', '1.x', { sha256: '7'.repeat(64), size: 7 });
    expect(planned('1.x', { pin }).pin).toEqual(pin);
    expect(outcome('1.x', { pin, options: MOVE })).toBe('recompressed 1.3.1 for 1.x');
    expect(planned('1.x', { pin, options: MOVE }).pin).toEqual(pinned('1.3.1', '1.x'));
  });

  test('keeps the name of its registry where the content is the same', () => {
    const pin = pinned('1.3.1', '1.x', { registry: 'upstream' });
    expect(planned('1.x', { pin }).pin).toEqual(pin);
    expect(planned('1.x', { pin, options: MOVE }).pin).toEqual(pin);
  });
});

describe('content that the registry replaced', () => {
  const pin = pinned('1.3.1', '1.x');
  const recorded = withContent('1.3.1', [
    { contentSha256: pin.contentSha256, message: 'The values\nwere broken.', commit: 'a'.repeat(40) },
  ]);

  test('is refused', () => {
    const { code, message, hint } = failure('1.x', { document: recorded, pin });
    expect({ code, message, hint }).toEqual({
      code: 'registry-damaged',
      message: `nginx 1.3.1 of the registry at https://packs.example.org/ is not what packyard.lock pins: the SHA-256 of its content is ${'9'.repeat(64)}, not ${pin.contentSha256}. The registry replaced it, and says why: The values\\nwere broken.`,
      hint: 'If that is a good reason, take the new content: packyard update nginx',
    });
  });

  test('is taken by who is asked to move', () => {
    expect(planned('1.x', { document: recorded, pin, options: MOVE })).toMatchObject({
      pin: { version: '1.3.1', contentSha256: '9'.repeat(64), sha256: '8'.repeat(64) },
      change: { kind: 'replaced', reason: 'The values\nwere broken.' },
    });
  });

  test('does not matter where it is not asked for any more', () => {
    expect(outcome('2.x', { document: recorded, pin })).toBe('moved 2.0.0 for 2.x');
  });

  test('without a word is refused always', () => {
    const document = withContent('1.3.1');
    for (const [selector, options] of [
      ['1.x', {}],
      ['1.x', MOVE],
      ['2.x', {}],
      ['2.x', MOVE],
    ] as const) {
      const { code, message, hint } = failure(selector, { document, pin, options });
      expect({ code, message, hint }).toEqual({
        code: 'registry-damaged',
        message: `nginx 1.3.1 of the registry at https://packs.example.org/ is not what packyard.lock pins: the SHA-256 of its content is ${'9'.repeat(64)}, not ${pin.contentSha256}. The registry does not say that it replaced it.`,
        hint: 'Do not use it, and ask those who publish the registry. If they say that it is right, remove nginx from packyard.lock and run "packyard lock".',
      });
    }
  });
});

test('the release of another registry is not taken for the pinned one, unless asked to move', () => {
  const pin = pinned('1.3.1', '1.x', { registry: 'upstream', contentSha256: '5'.repeat(64) });
  const { code, message, hint } = failure('1.x', { pin });
  expect({ code, message, hint }).toEqual({
    code: 'lock-outdated',
    message:
      'packyard.lock pins nginx 1.3.1 of the registry upstream. https://packs.example.org/ is the registry community, and has another content under that version.',
    hint: 'If that registry is meant, choose a release of it: packyard update nginx',
  });
  expect(planned('1.x', { pin, options: MOVE }).change).toMatchObject({
    kind: 'moved',
    from: { version: '1.3.1', registry: 'upstream' },
    to: { version: '1.3.1', registry: 'community' },
  });
});

test('a release that is gone is not replaced, unless asked to move', () => {
  const pin = pinned('1.3.7', '1.x');
  const { code, message, hint } = failure('1.x', { pin });
  expect({ code, message, hint }).toEqual({
    code: 'lock-outdated',
    message: 'nginx 1.3.7, which packyard.lock pins, is not in the registry at https://packs.example.org/.',
    hint: 'Ask a registry that has it, or choose another release: packyard update nginx',
  });
  expect(failure('1.x', { pin: { ...pin, registry: 'upstream' } }).message).toBe(
    'nginx 1.3.7, which packyard.lock pins, is not in the registry at https://packs.example.org/: that is community, not upstream.',
  );
  expect(outcome('1.x', { pin, options: MOVE })).toBe('moved 1.3.1 for 1.x');
  expect(outcome('2.x', { pin })).toBe('moved 2.0.0 for 2.x');
});
