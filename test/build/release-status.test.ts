import { describe, expect, test } from 'vitest';

import { statusOf } from '../../src/build/release-status.ts';
import type { PackStatus, StatusEntry } from '../../src/model/status.ts';

const AT = '2026-05-01';

function status(...entries: StatusEntry[]): PackStatus {
  return { name: 'demo', entries, hash: '' };
}

const yanked: StatusEntry = { versions: '1.2.x', state: 'yanked', reason: 'CVE', at: AT, replacement: '1.3.1' };

describe('statusOf', () => {
  test('is what the entry says that means the version', () => {
    const said = { state: 'yanked', reason: 'CVE', at: AT, replacement: '1.3.1' };
    expect(statusOf({ version: '1.2.7', annotations: {} }, status(yanked))).toEqual(said);
    expect(statusOf({ version: '1.3.1', annotations: {} }, status(yanked))).toBeUndefined();
    expect(statusOf({ version: '1.2.7', annotations: {} }, undefined)).toBeUndefined();
  });

  test('is what the last of several entries says', () => {
    const active: StatusEntry = { versions: '1.2.7', state: 'active' };
    expect(statusOf({ version: '1.2.7', annotations: {} }, status(yanked, active))).toBeUndefined();
    expect(statusOf({ version: '1.2.7', annotations: {} }, status(active, yanked))?.state).toBe('yanked');
    expect(statusOf({ version: '1.2.6', annotations: {} }, status(yanked, active))?.state).toBe('yanked');
  });

  test.each([
    ['deprecated', 'deprecated'],
    [' Deprecated ', 'deprecated'],
    ['deleted', 'disabled'],
    ['DISABLED', 'disabled'],
    ['yanked', 'yanked'],
  ])('is what the pack says of itself: %s', (word, state) => {
    expect(statusOf({ version: '1.0.0', annotations: { system_state: word } }, undefined)).toEqual({
      state,
      reason: `The pack says so itself: its annotation system_state is "${word.trim()}".`,
    });
  });

  test.each(['active', '', 'gone', 'constructor'])('is nothing where the pack says %j', (word) => {
    expect(statusOf({ version: '1.0.0', annotations: { system_state: word } }, undefined)).toBeUndefined();
  });

  test('is nothing where the pack says something that is no text, or inherits it', () => {
    const annotations = { system_state: 7 } as unknown as Record<string, string>;
    expect(statusOf({ version: '1.0.0', annotations }, undefined)).toBeUndefined();
    const inherited = Object.create({ system_state: 'deleted' }) as Record<string, string>;
    expect(statusOf({ version: '1.0.0', annotations: inherited }, undefined)).toBeUndefined();
  });

  test('is never what the pack says where an entry says something', () => {
    const annotations = { system_state: 'deleted' };
    expect(statusOf({ version: '1.2.0', annotations }, status(yanked))?.reason).toBe('CVE');
    expect(statusOf({ version: '1.2.0', annotations }, status({ versions: '*', state: 'active' }))).toBeUndefined();
    expect(statusOf({ version: '2.0.0', annotations }, status(yanked))?.state).toBe('disabled');
  });
});
