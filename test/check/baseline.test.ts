import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { applyBaseline, formatBaseline, parseBaseline } from '../../src/check/baseline.ts';
import { PackyardError } from '../../src/errors.ts';
import type { Finding, Place } from '../../src/model/finding.ts';
import type { FindingArgs } from '../../src/model/rules.ts';
import { findingOf } from '../../src/pack/finding-of.ts';

const COMPLETE = { complete: true };

function placeOn(line: number): Place {
  return { line, column: 3, endColumn: 9, source: '"name": 1' };
}

function unknownKey(key: string, file = 'packs/a/pack.json', line = 1): Finding {
  return findingOf('pack/unknown-key', file, { key }, { place: placeOn(line), severity: 'warning' });
}

function duplicateKey(firstLine: number): Finding {
  return findingOf('pack/duplicate-key', 'packs/a/pack.json', { key: 'name', firstLine }, { place: placeOn(9) });
}

test('a baseline has one entry a line, ordered by file, rule and message', () => {
  const findings = [
    unknownKey('b'),
    unknownKey('a'),
    duplicateKey(2),
    findingOf('values/missing', 'a/values.yaml', {}),
    unknownKey('a', 'packs/a/pack.json', 7),
  ];
  const text = `{
  "format": "packyard-baseline/1",
  "findings": [
    { "rule": "values/missing", "file": "a/values.yaml", "message": "the pack has no values.yaml", "count": 1 },
    { "rule": "pack/duplicate-key", "file": "packs/a/pack.json", "message": "the key \\"name\\" stands twice, first on line …", "count": 1 },
    { "rule": "pack/unknown-key", "file": "packs/a/pack.json", "message": "pack.json has no key \\"a\\"", "count": 2 },
    { "rule": "pack/unknown-key", "file": "packs/a/pack.json", "message": "pack.json has no key \\"b\\"", "count": 1 }
  ]
}
`;
  expect(formatBaseline(findings)).toBe(text);
  expect(formatBaseline(findings.toReversed())).toBe(text);
});

test('of nothing it is empty', () => {
  const text = '{\n  "format": "packyard-baseline/1",\n  "findings": []\n}\n';
  expect(formatBaseline([])).toBe(text);
  expect(parseBaseline(text)).toEqual({ findings: [] });
});

describe('applied', () => {
  const baseline = parseBaseline(formatBaseline([unknownKey('a'), duplicateKey(2)]));

  test('it takes away what it knows, wherever that moved', () => {
    const moved = [unknownKey('a', 'packs/a/pack.json', 40), duplicateKey(31)];
    expect(applyBaseline(moved, baseline, COMPLETE)).toEqual({ findings: [], baselined: 2, stale: [] });
  });

  test('what it does not know is new: another rule, file, message, or one more of the same', () => {
    const more = [unknownKey('b'), unknownKey('a', 'packs/b/pack.json'), unknownKey('a', 'packs/a/pack.json', 5)];
    expect(applyBaseline([unknownKey('a'), duplicateKey(1), ...more], baseline, COMPLETE)).toEqual({
      findings: more,
      baselined: 2,
      stale: [],
    });
  });

  test('what is gone is stale, as often as it is gone, where everything was checked', () => {
    const known = parseBaseline(formatBaseline([unknownKey('a'), unknownKey('a'), unknownKey('a'), duplicateKey(1)]));
    const stale = [
      {
        rule: 'pack/duplicate-key',
        file: 'packs/a/pack.json',
        message: 'the key "name" stands twice, first on line …',
        count: 1,
      },
      { rule: 'pack/unknown-key', file: 'packs/a/pack.json', message: 'pack.json has no key "a"', count: 2 },
    ];
    expect(applyBaseline([unknownKey('a')], known, COMPLETE)).toEqual({ findings: [], baselined: 1, stale });
    expect(applyBaseline([unknownKey('a')], known, { complete: false })).toEqual({
      findings: [],
      baselined: 1,
      stale: [],
    });
  });

  test('how severe a finding is does not count', () => {
    const severe = { ...unknownKey('a'), severity: 'error' } as const;
    expect(applyBaseline([severe], baseline, { complete: false }).baselined).toBe(1);
  });
});

describe('read', () => {
  const entry = { rule: 'gone/rule', file: 'a', message: 'b', count: 2 };
  const write = (...findings: readonly unknown[]): string =>
    JSON.stringify({ format: 'packyard-baseline/1', findings, later: true });

  test('an entry of a rule that is gone is stale, and of two of the same the larger count holds', () => {
    const text = write({ ...entry, count: 1 }, entry, { ...entry, count: 1 });
    expect(parseBaseline(text)).toEqual({ findings: [entry] });
    expect(applyBaseline([], { findings: [entry, { ...entry, count: 1 }] }, COMPLETE).stale).toEqual([entry]);
  });

  test.each([
    ['', 'The baseline is not JSON: on line 1, the text ends too early, where a value is wanted.'],
    ['{\n<<<<<<< ours\n', 'The baseline is not JSON: on line 2, "<" stands where a key or "}" is wanted.'],
    ['null', 'The baseline does not say that its format is packyard-baseline/1.'],
    ['[]', 'The baseline does not say that its format is packyard-baseline/1.'],
    [
      '{"format":"packyard-baseline/2","findings":[]}',
      'The baseline does not say that its format is packyard-baseline/1.',
    ],
    ['{"format":"packyard-baseline/1"}', 'The baseline has no list of "findings".'],
    [write(entry, null), 'The baseline has no rule, file, message and count in entry 2 of "findings".'],
    [write({ ...entry, count: 0 }), 'The baseline has no rule, file, message and count in entry 1 of "findings".'],
    [write({ ...entry, count: 1.5 }), 'The baseline has no rule, file, message and count in entry 1 of "findings".'],
    [write({ ...entry, file: 1 }), 'The baseline has no rule, file, message and count in entry 1 of "findings".'],
    [write([]), 'The baseline has no rule, file, message and count in entry 1 of "findings".'],
  ])('%s is no baseline', (text, message) => {
    let thrown: unknown;
    try {
      parseBaseline(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PackyardError);
    expect(thrown).toMatchObject({
      code: 'baseline-invalid',
      message,
      hint: 'Resolve what a merge left in it, or write it anew with `packyard check --update-baseline`.',
    });
  });
});

describe('for any findings', () => {
  const line = fc.integer({ min: 1, max: 100_000 });
  const file = fc.oneof(fc.constantFrom('packs/a/pack.json', 'packs/b/pack.json'), fc.string({ unit: 'binary' }));
  const key = fc.oneof(fc.constantFrom('a', 'line 3', '__proto__'), fc.string({ unit: 'binary' }));
  const finding = fc.oneof(
    fc.tuple(file, key, line).map(([name, word, at]) => unknownKey(word, name, at)),
    fc
      .tuple(file, key, line, line)
      .map(([name, word, firstLine, at]) =>
        findingOf('pack/duplicate-key', name, { key: word, firstLine }, { place: placeOn(at) }),
      ),
    file.map((name) => findingOf('values/missing', name, {})),
  );
  const findings = fc.array(finding, { maxLength: 30 });

  function moved(one: Finding, by: number): Finding {
    const place = one.place === undefined ? {} : { place: { ...one.place, line: one.place.line + by } };
    if (one.rule !== 'pack/duplicate-key') return { ...one, ...place };
    const { key: word, firstLine } = one.args as FindingArgs['pack/duplicate-key'];
    return { ...one, ...place, args: { key: word, firstLine: firstLine + by } };
  }

  test('a baseline of them leaves nothing, and nothing of it is stale', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const applied = applyBaseline(all, parseBaseline(formatBaseline(all)), COMPLETE);
        expect(applied).toEqual({ findings: [], baselined: all.length, stale: [] });
      }),
    );
  });

  test('nothing changes when all of them move by some lines, in any order', () => {
    fc.assert(
      fc.property(findings, fc.integer({ min: 1, max: 5000 }), (all, by) => {
        const later = all.map((one) => moved(one, by)).toReversed();
        expect(formatBaseline(later)).toBe(formatBaseline(all));
        const applied = applyBaseline(later, parseBaseline(formatBaseline(all)), COMPLETE);
        expect(applied).toEqual({ findings: [], baselined: all.length, stale: [] });
      }),
    );
  });

  test('one more than the baseline knows is new', () => {
    fc.assert(
      fc.property(findings, finding, (all, one) => {
        const applied = applyBaseline([...all, one], parseBaseline(formatBaseline(all)), COMPLETE);
        expect(applied).toMatchObject({ baselined: all.length, stale: [] });
        expect(applied.findings).toHaveLength(1);
      }),
    );
  });
});
