import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import { askFacts, askIcon } from '../../src/cli/new-questions.ts';
import type { AskedFacts, ProposedPack } from '../../src/contribute/new/new-pack-options.ts';
import { failureOf } from '../helpers/rejection.ts';

/** What somebody answers who types on a terminal. */
async function answered(
  proposed: Partial<ProposedPack>,
  flags: AskedFacts,
  ...keys: readonly string[]
): Promise<AskedFacts> {
  const [input, output] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80 })];
  output.resume();
  const refuse = (name: string): string | undefined => (name === 'taken' ? 'It is there already.' : undefined);
  const facts = askFacts({ isNamed: false, refuse, ...proposed }, flags, { input, output });
  facts.catch(() => undefined);
  for (const key of keys) {
    // A question that follows is asked some turns later.
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    input.write(key);
  }
  return facts;
}

test('what is proposed is taken with Return', async () => {
  const proposed = {
    name: 'nginx',
    version: '1.2.3',
    layer: 'cni',
    displayName: 'NGINX',
    description: 'Serves.',
  } as const;
  expect(await answered(proposed, {}, '\r', '\r', '\r', '\r', '\r')).toEqual(proposed);
});

test('nothing is asked that a flag says, and no type but of an addon', async () => {
  const flags = { version: '1.0.0', layer: 'os', displayName: 'Mine', description: 'Does it.' } as const;
  expect(await answered({ name: 'mine', isNamed: true }, flags)).toEqual({ name: 'mine', ...flags });
});

test('names that are taken are asked for again, and a display name follows from the name', async () => {
  const keys = ['taken', '\r', '\u007f'.repeat(5), 'my-web-app\r', '\r', '\r', '\r', '\r', '\r'];
  expect(await answered({}, {}, ...keys)).toEqual({
    name: 'my-web-app',
    version: '1.0.0',
    layer: 'addon',
    displayName: 'My Web App',
    addonType: 'app services',
  });
});

test('another type than catalogs know', async () => {
  const flags = { version: '1', layer: 'addon', displayName: 'A', description: 'B' } as const;
  const proposed = { name: 'a', isNamed: true, addonType: 'system app' };
  expect(await answered(proposed, flags, '\u001b[B', '\r', 'chat\r')).toMatchObject({ addonType: 'chat' });
});

test('who gives up makes no pack', async () => {
  expect(await failureOf(answered({}, {}, '\u0003'))).toEqual({
    code: 'cancelled',
    message: 'No pack was made: the questions were not answered.',
    hint: 'Run the command again, or answer with flags: see --help.',
  });
});

test('who is asked for the icon of a chart sees where it is', async () => {
  const [input, output] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80 })];
  let shown = '';
  output.on('data', (data: Buffer) => (shown += data.toString()));
  const answer = askIcon('https://example.org/\u001b[31ma.png', { input, output });
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  input.write('n');
  expect(await answer).toBe(false);
  expect(shown).toContain('Fetch the icon of the chart from');
  expect(shown).not.toContain('\u001b[31ma.png');
});
