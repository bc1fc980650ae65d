import { expect, test } from 'vitest';

import { progressReporter, silentProgress } from '../../src/cli/progress.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

function lines(total: number): string[] {
  const terminal = recordedTerminal();
  const progress = progressReporter(terminal);
  for (let done = 1; done <= total; done += 1) progress.report({ step: 'packs', done, total, label: `pack ${done}` });
  progress.end();
  expect(terminal.printed.out).toBe('');
  return terminal.printed.err.split('\n').slice(0, -1);
}

test('elsewhere than on a terminal: a line at each quarter, whatever the number', () => {
  expect(lines(1)).toEqual(['packs: 1/1']);
  expect(lines(3)).toEqual(['packs: 1/3', 'packs: 2/3', 'packs: 3/3']);
  expect(lines(1000)).toEqual(['packs: 250/1000', 'packs: 500/1000', 'packs: 750/1000', 'packs: 1000/1000']);
});

test('on a terminal: one line that is drawn again and removed at the end', () => {
  const terminal = recordedTerminal({ interactive: true });
  const progress = progressReporter(terminal);
  progress.report({ step: 'packs', done: 1, total: 2, label: 'packs/a' });
  progress.report({ step: 'packs', done: 2, total: 2, label: 'packs/b' });
  progress.report({ step: 'write', done: 1, total: 8, label: 'index.json' });
  progress.end();
  expect(terminal.printed.err.split('\r\u001b[2K')).toEqual([
    '',
    '████████████░░░░░░░░░░░░ 1/2 packs packs/a',
    '████████████████████████ 2/2 packs packs/b',
    '███░░░░░░░░░░░░░░░░░░░░░ 1/8 files index.json',
    '',
  ]);
});

test('a label cannot move the cursor, nor fill the line', () => {
  const terminal = recordedTerminal({ interactive: true });
  progressReporter(terminal).report({ step: 'packs', done: 1, total: 1, label: `\u001b[2J${'x'.repeat(100)}` });
  expect(terminal.printed.err).toBe(`\r\u001b[2K${'█'.repeat(24)} 1/1 packs \\u001b[2J${'x'.repeat(31)}`);
});

test('nothing was reported, so nothing is removed', () => {
  const terminal = recordedTerminal({ interactive: true });
  progressReporter(terminal).end();
  expect(terminal.printed.err).toBe('');
});

test('silence', () => {
  expect(silentProgress.report({ step: 'packs', done: 1, total: 1, label: 'x' })).toBeUndefined();
  expect(silentProgress.end()).toBeUndefined();
});
