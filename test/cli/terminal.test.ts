import { expect, test } from 'vitest';

import { painter, processTerminal, showsLinks, wantsColour } from '../../src/cli/terminal.ts';

test.each<[isTerminal: boolean, environment: NodeJS.ProcessEnv, expected: boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '3' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [false, { FORCE_COLOR: '' }, false],
  [false, { FORCE_COLOR: '1', TERM: 'dumb' }, true],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('terminal %j with %j: colour %j', (isTerminal, environment, expected) => {
  expect(wantsColour(isTerminal, environment)).toBe(expected);
});

test('colour is text between two control sequences, or the text alone', () => {
  expect(painter(true)('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(painter(true)('bold', 'x')).toBe('\u001b[1mx\u001b[22m');
  expect(painter(false)('red', 'x')).toBe('x');
});

test('the streams of the process', () => {
  const { paintOut, paintErr } = processTerminal({ FORCE_COLOR: '1' });
  expect([paintOut('cyan', 'x'), paintErr('cyan', 'x')]).toEqual(
    Array.from({ length: 2 }, () => '\u001b[36mx\u001b[39m'),
  );
  expect(processTerminal({ CI: 'true' }).interactive).not.toBe(true);
});

test.each([
  [{ TERM_PROGRAM: 'vscode' }, true],
  [{ TERM_PROGRAM: 'iTerm.app' }, true],
  [{ VTE_VERSION: '7002' }, true],
  [{ VTE_VERSION: '4205' }, false],
  [{ WT_SESSION: 'x' }, true],
  [{ KITTY_WINDOW_ID: '1' }, true],
  [{ TERM: 'foot' }, true],
  [{ TERM: 'xterm-256color' }, false],
  [{ TERM_PROGRAM: 'vscode', CI: 'true' }, false],
  [{}, false],
])('links are shown where they are links: %j', (environment, expected) => {
  expect(showsLinks(environment)).toBe(expected);
});
