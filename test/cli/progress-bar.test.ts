import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { drawBar, eraseBar } from '../../src/cli/progress-bar.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { textWidth } from '../../src/client/view/text-width.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

const START = '\r\u001b[2K';

function drawn(columns: number | undefined, text: string, label: string): string {
  const recorded = recordedTerminal({ interactive: true });
  const terminal: Terminal = { ...recorded, columns: () => columns };
  drawBar(terminal, { done: 1, total: 2 }, text, label);
  expect(recorded.printed.err.startsWith(START)).toBe(true);
  return recorded.printed.err.slice(START.length);
}

test.each([
  [undefined, `████████████░░░░░░░░░░░░ 24/48 files, 12 MiB logos/${'a'.repeat(34)}`],
  [80, `████████████░░░░░░░░░░░░ 24/48 files, 12 MiB logos/${'a'.repeat(28)}`],
  [45, '████████████░░░░░░░░░░░░ 24/48 files, 12 MiB'],
  [40, `24/48 files, 12 MiB logos/${'a'.repeat(13)}`],
  [10, '24/48 fil'],
])('what fits into a line of %j columns', (columns, line) => {
  expect(drawn(columns, '24/48 files, 12 MiB', `logos/${'a'.repeat(60)}`)).toBe(line);
});

test('is never as wide as the terminal, whatever the label', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (columns, label) => {
      expect(textWidth(drawn(columns, '1/2 packs', label))).toBeLessThan(columns);
    }),
  );
});

test('is erased with the line that it stands in', () => {
  const terminal = recordedTerminal({ interactive: true });
  eraseBar(terminal);
  expect(terminal.printed.err).toBe(START);
});
