import { expect, test } from 'vitest';

import { changeLines } from '../../../src/client/lock/change-lines.ts';
import type { LockChange, PlannedVersion } from '../../../src/client/lock/plan-pack.ts';
import { linesText } from '../../../src/client/view/pieces.ts';

const [OLD, NEW]: readonly [PlannedVersion, PlannedVersion] = [
  { version: '1.3.0', registry: 'community', publishedAt: '2026-01-01T10:00:00Z' },
  { version: '1.4.0', registry: 'community', publishedAt: '2026-06-01T10:00:00Z' },
];
const status = { state: 'deprecated', reason: 'old' } as const;

test('each change is a line, with what is to be looked at', () => {
  const changes: readonly LockChange[] = [
    { name: 'added', kind: 'added', to: NEW },
    { name: 'undated', kind: 'added', to: { version: '1.0.0', registry: 'community' } },
    { name: 'deprecated', kind: 'added', to: { ...NEW, status } },
    { name: 'moved', kind: 'moved', from: OLD, to: NEW },
    { name: 'lower', kind: 'moved', from: NEW, to: OLD },
    { name: 'elsewhere', kind: 'moved', from: OLD, to: { ...OLD, registry: 'ac\u001b[31mme' } },
    { name: 'replaced', kind: 'replaced', from: OLD, to: OLD, reason: 'It had\n a\u0007 bug.' },
    { name: 'recompressed', kind: 'recompressed', from: OLD, to: OLD },
    { name: 'reworded', kind: 'reworded', from: OLD, to: OLD },
    { name: 'unchanged', kind: 'unchanged', from: OLD, to: OLD },
    { name: 'removed', kind: 'removed', from: { version: '1.3.0', registry: 'community' } },
  ];
  expect(linesText(changeLines(changes), (_, text) => text)).toMatchInlineSnapshot(`
    "  + added         1.4.0 (2026-06-01)
      + undated       1.0.0
      + deprecated    1.4.0 (2026-06-01), deprecated
      ~ moved         1.3.0 (2026-01-01) → 1.4.0 (2026-06-01)
      ~ lower         1.4.0 (2026-06-01) → 1.3.0 (2026-01-01), a lower version
      ~ elsewhere     1.3.0 (community, 2026-01-01) → 1.3.0 (ac\\u001b[31mme, 2026-01-01)
      ! replaced      1.3.0 (2026-01-01), another content: It had a\\u0007 bug.
      ~ recompressed  1.3.0 (2026-01-01), the same content in another archive
      ~ reworded      1.3.0 (2026-01-01), as before; packyard.json asks for it in other words
      - removed       1.3.0, not named any more
    "
  `);
  expect(changeLines([])).toEqual([]);
  expect(linesText(changeLines(changes.slice(0, 1)), (style, text) => `<${String(style)}>${text}`)).toBe(
    '<green>  + added  1.4.0 (2026-06-01)\n',
  );
});
