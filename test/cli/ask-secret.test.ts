import { EventEmitter } from 'node:events';

import { expect, test } from 'vitest';

import { askSecret, type SecretInput } from '../../src/cli/ask-secret.ts';
import { failureOf } from '../helpers/rejection.ts';

/** A terminal on which somebody types. */
class Keys extends EventEmitter implements SecretInput {
  readonly modes: boolean[] = [];
  paused = false;

  setRawMode(raw: boolean): void {
    this.modes.push(raw);
  }

  setEncoding(): void {
    this.paused = false;
  }

  resume(): void {
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }
}

async function typed(...texts: string[]): Promise<string> {
  const keys = new Keys();
  let printed = '';
  const answer = askSecret('Token: ', (text) => void (printed += text), keys);
  answer.catch(() => undefined);
  await new Promise(setImmediate);
  for (const text of texts) keys.emit('data', text);
  try {
    return await answer;
  } finally {
    expect([printed, keys.modes, keys.paused, keys.listenerCount('data')]).toEqual([
      'Token: \n',
      [true, false],
      true,
      0,
    ]);
  }
}

test.each([
  [['s3cr3t\r'], 's3cr3t'],
  [['s3', 'cr', '3t\n', 'more'], 's3cr3t'],
  [['ab\u007fc\bd\r'], 'ad'],
  [['\u007f\u007fa\r'], 'a'],
  [['wrong\u0015right\r'], 'right'],
  [['a\u001b[D\u001b[3~\u001bOPb\r'], 'ab'],
  [['\u001b[200~pasted\u001b[201~\r'], 'pasted'],
  [['p\u00e4\u{1f511}\u007f\r'], 'pä'],
  [['a\u0004b\t\u0001\r'], 'ab'],
])('%j is %j', async (texts, expected) => {
  expect(await typed(...texts)).toBe(expected);
});

test.each(['abc\u0003', '\u0004'])('%j gives up', async (text) => {
  expect(await failureOf(typed(text))).toEqual({
    code: 'cancelled',
    message: 'No secret was given, and nothing was stored.',
    hint: 'Run the command again, or give the secret with --stdin.',
  });
});
