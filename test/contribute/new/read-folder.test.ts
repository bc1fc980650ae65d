import { expect, test } from 'vitest';

import { isExecutable } from '../../../src/contribute/new/read-folder.ts';

test('where files have no modes, the first line says what is a program', () => {
  const [program, data] = [Buffer.from('#!/bin/sh\n'), Buffer.from('# notes\n')];
  expect([isExecutable(0o666, program, 'win32'), isExecutable(0o777, data, 'win32')]).toEqual([true, false]);
  expect(isExecutable(0o666, Buffer.alloc(0), 'win32')).toBe(false);
  expect([isExecutable(0o644, program, 'linux'), isExecutable(0o755, data, 'darwin')]).toEqual([false, true]);
});
