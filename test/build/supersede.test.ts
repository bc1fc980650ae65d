import { expect, test } from 'vitest';

import { checkSuperseded, parseSupersede, type Supersedes } from '../../src/build/supersede.ts';
import { failureOf, type Failure } from '../helpers/rejection.ts';

function plain(supersedes: Supersedes): unknown {
  return [...supersedes].map(([name, versions]) => [name, [...versions]]);
}

function refusal(work: () => unknown): Promise<Failure> {
  return failureOf(Promise.resolve().then(work));
}

test('releases are read with the message for all of them', () => {
  const supersedes = parseSupersede(['nginx@1.2.0', 'nginx@1.3.0', 'demo@v1+a', 'nginx@1.2.0'], ' a password \n');
  expect(plain(supersedes)).toEqual([
    [
      'nginx',
      [
        ['1.2.0', 'a password'],
        ['1.3.0', 'a password'],
      ],
    ],
    ['demo', [['v1+a', 'a password']]],
  ]);
});

test('without both there is nothing to replace', () => {
  expect(parseSupersede([], undefined).size).toBe(0);
});

test.each(['', 'nginx', 'nginx@', '@1.2.0', 'nginx@1@2', 'nginx @1', 'nginx@1 2', 'a\n@b'])(
  '%j is no release',
  async (value) => {
    expect(await refusal(() => parseSupersede(['nginx@1.2.0', value], 'why'))).toEqual({
      code: 'usage',
      message: `--supersede takes a release as name@version, not ${JSON.stringify(value)}.`,
      hint: 'Such as: --supersede nginx@1.2.0',
    });
  },
);

const WHY = 'Say why published content is replaced: clients see it in the registry.';
const PLAIN = 'Say the reason in one line of plain text.';

test.each([
  [undefined, '--supersede needs a --message.', WHY],
  ['', '--supersede needs a --message that says something.', WHY],
  [' \n\t', '--supersede needs a --message that says something.', WHY],
  ['x'.repeat(501), '--message is longer than 500 characters.', 'Say the reason in a sentence, and link to the rest.'],
  ['a\nb', '--message holds control characters.', PLAIN],
  ['a\tb', '--message holds control characters.', PLAIN],
  ['a\u001B[2Jb', '--message holds control characters.', PLAIN],
  ['a\u202Eb', '--message holds control characters.', PLAIN],
  ['a\uD800b', '--message holds control characters.', PLAIN],
])('the message %j is refused', async (message, text, hint) => {
  expect(await refusal(() => parseSupersede(['nginx@1.2.0'], message))).toEqual({ code: 'usage', message: text, hint });
});

test('a message needs a release', async () => {
  expect(await refusal(() => parseSupersede([], 'why'))).toEqual({
    code: 'usage',
    message: '--message needs --supersede.',
    hint: 'Name the release to replace: --supersede nginx@1.2.0',
  });
});

test('500 characters of any language are a message', () => {
  const message = 'ä'.repeat(500);
  expect(parseSupersede(['a@1'], message).get('a')?.get('1')).toBe(message);
});

test('what does not change is not superseded', async () => {
  const supersedes = parseSupersede(['nginx@1.2.0', 'demo@1.0.0'], 'why');
  expect(() => checkSuperseded(supersedes, ['demo@1.0.0', 'nginx@1.2.0', 'nginx@1.3.0'])).not.toThrow();
  expect(() => checkSuperseded(new Map(), [])).not.toThrow();
  expect(await refusal(() => checkSuperseded(supersedes, ['nginx@1.2.0', 'demo@1.0.1']))).toEqual({
    code: 'usage',
    message: 'demo 1.0.0 is not published with other content, so there is nothing to supersede.',
    hint: 'Look for a typing error, or leave it out of --supersede.',
  });
});
