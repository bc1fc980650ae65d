import { expect, test } from 'vitest';

import { versionLike } from '../../../src/contribute/bump/version-like.ts';

test.each([
  { version: '1.0.0', old: { version: '1.0.0' }, next: { version: '1.1.0' }, alone: true, result: '1.1.0' },
  { version: 'v1.0.0', old: { version: '1.0.0' }, next: { version: '1.1.0' }, alone: true, result: 'v1.1.0' },
  { version: '1.0.0', old: { version: 'v1.0.0' }, next: { version: 'v1.1.0' }, alone: true, result: '1.1.0' },
  {
    version: '5.0.3',
    old: { version: '0.57.3', appVersion: '5.0.3' },
    next: { version: '0.57.5', appVersion: '5.0.5' },
    alone: true,
    result: '5.0.5',
  },
  { version: '9.0.0', old: { version: '1.0.0' }, next: { version: '1.1.0' }, alone: true, result: '1.1.0' },
  { version: '9.0.0', old: { version: '1.0.0' }, next: { version: '1.1.0' }, alone: false, result: undefined },
])('$version with a chart $next.version after $old.version', ({ version, old, next, alone, result }) => {
  expect(versionLike(version, { old, next, alone })).toBe(result);
});
