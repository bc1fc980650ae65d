import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { FORMATS, type Format } from '../../src/check/formats.ts';
import { report } from '../../src/check/reporters.ts';
import { HOSTILE, hostileReport, plain, reportOf, THREE } from './reporters/reports.ts';

const options = { paint: plain, links: false, version: '1.2.3' };

test.each([
  ['text', '── packs/a\n'],
  ['json', '{\n  "format": "packyard-findings/1"'],
  ['sarif', '{\n  "$schema": "https://'],
  ['github', '::error file='],
  ['junit', '<?xml '],
  ['markdown', '### packyard check\n'],
] as const)('reports as %s', async (format, start) => {
  const output = await report(format, reportOf(THREE), options);
  expect(output.slice(0, start.length)).toBe(start);
  expect(output).toMatch(/[^\n]\n$/u);
});

test('every format has its report', () => {
  expect(FORMATS).toEqual(['text', 'json', 'sarif', 'github', 'junit', 'markdown']);
});

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/u;

/** What services take for commands where they see it in a log. */
const LOG_COMMAND = /##\w*\[/u;

/** Nothing that a terminal or a log obeys, and no line more than the same report has with a harmless text. */
async function expectTame(format: Format, text: string): Promise<void> {
  const output = await report(format, hostileReport(text), options);
  const harmless = await report(format, hostileReport('x'), options);
  expect(output).not.toMatch(CONTROL);
  expect(output).not.toMatch(LOG_COMMAND);
  expect(output.split('\n')).toHaveLength(harmless.split('\n').length);
  const commands = output.split('\n').filter((line) => line.trimStart().startsWith('::'));
  expect(commands.map((line) => line.split(' ', 1)[0])).toEqual(
    format === 'github' ? ['::error', '::warning', '::notice'] : [],
  );
}

describe.each(FORMATS)('what a pack holds is obeyed by nobody who reads %s', (format) => {
  test.each(HOSTILE.map((text) => [text]))('%j', async (text) => {
    await expectTame(format, text);
  });

  test('all of it together', async () => {
    await expectTame(format, HOSTILE.join(''));
    await expectTame(format, HOSTILE.join('\n'));
  });

  test('any text', async () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        await expectTame(format, pieces.join(''));
      }),
      { numRuns: 100 },
    );
  });
});
