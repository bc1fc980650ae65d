import { expect, test } from 'vitest';

import { unreadableFolder } from '../../src/repo/git-errors.ts';

test('a folder that Git only warns of is an error', () => {
  const stderr = "warning: something else\nwarning: could not open directory 'packs/it's here/': Permission denied\n";
  expect(unreadableFolder(stderr)).toMatchObject({
    code: 'git-failed',
    message: '"packs/it\'s here/" cannot be read: Permission denied.',
    hint: 'Give yourself the right to read it, name it in .gitignore, or read a commit with --rev HEAD.',
  });
});

test.each(['', 'warning: unable to access a file: Permission denied\n'])('other warnings are none: %j', (stderr) => {
  expect(unreadableFolder(stderr)).toBeUndefined();
});
