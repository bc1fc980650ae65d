import { expect, test } from 'vitest';

import { firstFindings } from '../../src/check/first-findings.ts';
import type { Finding } from '../../src/model/finding.ts';
import { findingOf } from '../../src/pack/finding-of.ts';

function* endless(): Generator<Finding> {
  for (let limit = 1; ; limit += 1) yield findingOf('pack/too-deep', 'pack.json', { limit }, { severity: 'hint' });
}

test('fifty findings are all shown', () => {
  const fifty = [...firstFindings(endless())].slice(0, 50);
  expect([...firstFindings(fifty)]).toEqual(fifty);
});

test('of more, however many, the first fifty are, and one that says so, as severe as they are', () => {
  const shown = [...firstFindings(endless())];
  expect(shown).toHaveLength(51);
  expect(shown[50]).toEqual({
    rule: 'pack/more-findings',
    severity: 'hint',
    file: 'pack.json',
    args: { limit: 50, of: 'pack/too-deep' },
  });
});
