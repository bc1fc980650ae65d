import { expect, test } from 'vitest';

import { failureOfGit, wordsOf } from '../../../src/publish/git/git-failure.ts';
import { shownRemote } from '../../../src/publish/git/git-remote.ts';

const place = {
  location: 'https://example.org/x.git (branch gh-pages)',
  remote: { shown: 'https://example.org/x.git', secrets: ['s3cret'], putAside: [] },
};

test.each([
  ["fatal: unable to access 'https://u:s3cret@h/x/': failed", "fatal: unable to access 'https://h/x/': failed"],
  ["fatal: unable to access 'https://other:word@h/x/'", "fatal: unable to access 'https://h/x/'"],
  ['remote: token ghp_abc123 is bad', 'remote: token … is bad'],
  ['Writing objects: 100% (1/1), done.\rremote: \nerror: \u001b[31mno\u001b[0m\u0007', 'error: no'],
  ['error: \u202eevil', String.raw`error: \u202eevil`],
  ['x'.repeat(3000), `${'x'.repeat(2000)}…`],
])('words %#', (stderr, words) => {
  expect(wordsOf(stderr, place)).toBe(words);
});

test.each([
  ["fatal: Authentication failed for 'https://h/x/'", 'registry-denied'],
  ['git@h: Permission denied (publickey).', 'registry-denied'],
  [
    "remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://h/': The requested URL returned error: 403",
    'registry-denied',
  ],
  ['remote: Repository not found.', 'registry-not-found'],
  ['fatal: unable to access: Could not resolve host: h', 'registry-unreachable'],
  ['fatal: the remote end hung up unexpectedly', 'registry-unreachable'],
  ["fatal: transport 'ext' not allowed", 'usage'],
  ['fatal: sha1 file write error: No space left on device', 'no-space'],
  ['remote: fatal: No space left on device', 'git-failed'],
  ['something new', 'git-failed'],
])('%j is %s', (stderr, code) => {
  const failure = failureOfGit(stderr, place, 'read');
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(/^https:\/\/example\.org\/x\.git \(branch gh-pages\) could not be read/u);
  expect(failure.message).toContain(`Git says: ${stderr}`);
  expect(failure.hint).not.toBe('');
});

test.each([
  ['https://u:p@h/x.git?token=1#a', 'https://h/x.git'],
  ['ssh://git@h:22/x.git', 'ssh://h:22/x.git'],
  ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
  ['u:p@h:a/b.git', 'h:a/b.git'],
  ['/srv/x.git', '/srv/x.git'],
])('%s is shown as %s', (address, shown) => {
  expect(shownRemote(address)).toBe(shown);
});
