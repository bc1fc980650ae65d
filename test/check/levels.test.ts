import { describe, expect, test } from 'vitest';

import { RULE_IDS } from '../../src/check/catalog.ts';
import { applyLevels, presetLevel } from '../../src/check/levels.ts';
import { withCheckDefaults, type CheckConfigFile } from '../../src/model/check-config.ts';
import type { Finding } from '../../src/model/finding.ts';
import { findingOf } from '../../src/pack/finding-of.ts';

const MISSING = findingOf('readme/missing', 'packs/old/x', {});
const BROKEN = findingOf('pack/empty', 'packs/new/pack.json', {});

function levels(findings: readonly Finding[], file?: CheckConfigFile): string[] {
  return applyLevels(findings, withCheckDefaults(file)).map(({ rule, severity }) => `${rule} ${severity}`);
}

describe('presets', () => {
  test('strict is never milder than recommended, and compat never more severe', () => {
    const rank = { off: 0, hint: 1, warning: 2, error: 3 };
    for (const rule of RULE_IDS) {
      const [compat, recommended, strict] = (['compat', 'recommended', 'strict'] as const).map(
        (preset) => rank[presetLevel(rule, preset)],
      );
      expect([rule, compat !== undefined && recommended !== undefined && compat <= recommended]).toEqual([rule, true]);
      expect([rule, strict !== undefined && recommended !== undefined && strict >= recommended]).toEqual([rule, true]);
    }
  });

  test('what is broken is an error in each', () => {
    for (const preset of ['recommended', 'strict', 'compat'] as const) {
      expect(levels([BROKEN], { extends: preset })).toEqual(['pack/empty error']);
    }
  });

  test('compat is silent about what is not', () => {
    expect(levels([MISSING], { extends: 'compat' })).toEqual([]);
  });
});

describe('configured levels', () => {
  test('win over those of the preset', () => {
    expect(levels([MISSING, BROKEN], { rules: { 'readme/missing': 'error', 'pack/empty': 'off' } })).toEqual([
      'readme/missing error',
    ]);
  });

  test('can be others for some files, and the last one wins', () => {
    const overrides = [
      { files: ['packs/old/**'], rules: { 'readme/missing': 'off' } },
      { files: ['/packs/old/y', '!/packs/old/y'], rules: { 'readme/missing': 'error' } },
    ] as const;
    const elsewhere = findingOf('readme/missing', 'packs/new/x', {});
    const config = { rules: { 'readme/missing': 'hint' }, overrides } as const;
    expect(levels([MISSING, elsewhere], config)).toEqual(['readme/missing hint']);
    expect(
      levels([MISSING], { overrides: [...overrides, { files: ['old'], rules: { 'readme/missing': 'error' } }] }),
    ).toEqual(['readme/missing error']);
  });

  test('of a rule are those of the line that says there are more of its findings', () => {
    const more = findingOf('pack/more-findings', 'x', { limit: 50, of: 'readme/missing' });
    expect(levels([more], { rules: { 'readme/missing': 'error' } })).toEqual(['pack/more-findings error']);
    expect(levels([more], { rules: { 'readme/missing': 'off' } })).toEqual([]);
  });

  test('of names that every object has are none', () => {
    const config = { rules: JSON.parse('{"__proto__": "off"}') as Record<string, 'off'> };
    expect(levels([BROKEN], config)).toEqual(['pack/empty error']);
  });
});
