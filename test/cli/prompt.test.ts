import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import { mayAsk, openPrompt, type Prompt } from '../../src/cli/prompt.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { failureOf } from '../helpers/rejection.ts';

/** Asks at a terminal on which somebody types, and gives the answer with all that was shown. */
async function asked<Answer>(
  ask: (prompt: Prompt) => Promise<Answer>,
  ...keys: readonly string[]
): Promise<[Answer, string]> {
  const [input, output] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 0 })];
  let shown = '';
  output.on('data', (data: Buffer) => void (shown += data.toString('utf8')));
  const prompt = await openPrompt('Nothing was written.', { input, output });
  const answer = ask(prompt);
  answer.catch(() => undefined);
  for (const key of keys) {
    await new Promise(setImmediate);
    input.write(key);
  }
  return [await answer, shown];
}

test('a text, with what is proposed', async () => {
  const question = { message: 'Name?', initial: 'acme' };
  expect((await asked((prompt) => prompt.text(question), '\r'))[0]).toBe('acme');
  expect((await asked((prompt) => prompt.text(question), '-x \r'))[0]).toBe('acme-x');
});

test('a text that is no answer is asked for again', async () => {
  const question = { message: 'Name?', problem: (text: string) => (text === 'A' ? 'Small letters.' : undefined) };
  const [answer, shown] = await asked((prompt) => prompt.text(question), '\r', 'A', '\r', '\u007f', 'a', '\r');
  expect(answer).toBe('a');
  expect(shown).toContain('It needs an answer.');
  expect(shown).toContain('Small letters.');
});

test('nothing is an answer where it may be', async () => {
  expect((await asked((prompt) => prompt.text({ message: 'Who?', optional: true }), '\r'))[0]).toBe('');
});

test('a choice, and yes or no', async () => {
  const choices = [
    { value: 'a', label: 'A', hint: 'first' },
    { value: 'b', label: 'B' },
  ] as const;
  expect(
    (await asked((prompt) => prompt.choose({ message: 'Which?', choices, initial: 'a' }), '\u001b[B', '\r'))[0],
  ).toBe('b');
  expect((await asked((prompt) => prompt.choose({ message: 'Which?', choices, initial: 'b' }), '\r'))[0]).toBe('b');
  expect((await asked((prompt) => prompt.confirm('Really?', true), '\r'))[0]).toBe(true);
  expect((await asked((prompt) => prompt.confirm('Really?', true), 'n'))[0]).toBe(false);
});

test('a terminal without columns is taken for one of usual width', async () => {
  const [, shown] = await asked((prompt) => prompt.text({ message: 'What is it called?' }), 'a\r');
  expect(shown).toContain('What is it called?');
});

test('whoever gives up is told what was not done', async () => {
  expect(await failureOf(asked((prompt) => prompt.text({ message: 'Name?' }), '\u0003'))).toEqual({
    code: 'cancelled',
    message: 'Nothing was written.',
    hint: 'Run the command again, or answer with flags: see --help.',
  });
});

test.each([{ yes: true }, { json: true }, { quiet: true }])('with %j nobody is asked', (flags) => {
  expect(mayAsk(flags, recordedTerminal({ interactive: true }))).toBe(false);
});

test('where nothing is drawn again nobody is asked', () => {
  expect(mayAsk({}, recordedTerminal())).toBe(false);
});
