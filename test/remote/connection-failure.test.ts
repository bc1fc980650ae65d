import { expect, test } from 'vitest';

import { connectionFailure } from '../../src/remote/connection-failure.ts';

test.each([
  [new TypeError('fetch failed', { cause: new Error('bad port') }), 'bad port'],
  [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }), 'ENOTFOUND'],
  [new TypeError('fetch failed'), 'fetch failed'],
  ['nothing at all', 'nothing at all'],
])('%s is said with %s', (error, said) => {
  expect(connectionFailure(error).message).toContain(`(${said})`);
});

test('a port that is never asked, as a browser has it', async () => {
  const error: unknown = await fetch('http://localhost:1/').catch((reason: unknown) => reason);
  expect(connectionFailure(error).message).toBe('cannot be reached: the connection failed (bad port)');
});
