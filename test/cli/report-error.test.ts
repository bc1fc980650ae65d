import { expect, test } from 'vitest';

import { ConfigError } from '../../src/build/config-error.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { PackyardError } from '../../src/errors.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

const busy = new PackyardError({ code: 'output-busy', message: 'Another \u001b[2Jbuild.', hint: 'Wait \u0007.' });

test('an error with what to do, its text made harmless', () => {
  const terminal = recordedTerminal();
  expect(reportError(busy, terminal, false)).toBe(2);
  expect(terminal.printed).toEqual({ out: '', err: 'error Another \\u001b[2Jbuild.\n  → Wait \\u0007.\n' });
});

test('in colour', () => {
  const terminal = recordedTerminal({ colour: true });
  reportError(new PackyardError({ code: 'usage', message: 'No.' }), terminal, false);
  expect(terminal.printed.err).toBe('\u001b[31merror\u001b[39m No.\n');
});

test('an error of integrity has its own status', () => {
  const error = new PackyardError({ code: 'cache-corrupt', message: 'Damaged.' });
  expect(reportError(error, recordedTerminal(), false)).toBe(3);
});

test('findings come before what they led to', () => {
  const terminal = recordedTerminal();
  const finding = findingOf('config/unknown-key', 'registry.yaml', { key: 'nmae' });
  expect(reportError(new ConfigError([finding, finding]), terminal, false)).toBe(2);
  expect(terminal.printed.err).toMatchInlineSnapshot(`
    "registry.yaml error config/unknown-key
      registry.yaml has no key "nmae"
      → Remove it: nothing reads it.

    registry.yaml error config/unknown-key
      registry.yaml has no key "nmae"
      → Remove it: nothing reads it.

    error registry.yaml has 2 errors.
      → Mend it and run the command again; without the file, every setting has its default.
    "
  `);
});

test('a defect of the program itself is said to be one, with its stack', () => {
  const terminal = recordedTerminal();
  expect(reportError(new TypeError('x is not a function'), terminal, false)).toBe(2);
  const [first, ...rest] = terminal.printed.err.split('\n');
  expect(first).toBe('error TypeError: x is not a function');
  expect(rest[0]).toMatch(/^ {4}at .*report-error\.test\.ts/u);
  expect(rest.at(-2)).toBe('  → This is a defect of Packyard: please report it with the lines above.');
});

test('what is thrown and is no error', () => {
  const terminal = recordedTerminal();
  expect(reportError('text', terminal, true)).toBe(2);
  expect(JSON.parse(terminal.printed.out)).toEqual({
    format: 'packyard-error/1',
    error: {
      code: 'internal',
      message: 'text',
      hint: 'This is a defect of Packyard: please report it with the lines above.',
    },
    findings: [],
  });
  expect(terminal.printed.err).toBe('');
});

test('as JSON, in which control characters stand as escapes', () => {
  const terminal = recordedTerminal();
  const error = new PackyardError({ code: 'no-packs', message: 'None in \u009b2J\u202e.' });
  reportError(error, terminal, true);
  expect(terminal.printed.out).toContain('None in \\u009b2J\\u202e.');
  expect(JSON.parse(terminal.printed.out)).toEqual({
    format: 'packyard-error/1',
    error: { code: 'no-packs', message: 'None in \u009b2J\u202e.' },
    findings: [],
  });
});
