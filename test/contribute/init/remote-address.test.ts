import { expect, test } from 'vitest';

import { pagesAddress, remoteAddress } from '../../../src/contribute/init/remote-address.ts';

test.each([
  ['https://github.com/acme/packs.git', 'https://github.com/acme/packs', 'https://acme.github.io/packs/'],
  ['https://user:secret@github.com/Acme/Packs', 'https://github.com/Acme/Packs', 'https://acme.github.io/Packs/'],
  ['git@github.com:acme/acme.github.io.git', 'https://github.com/acme/acme.github.io', 'https://acme.github.io/'],
  ['ssh://git@git.example.org:2222/team/packs.git/', 'https://git.example.org/team/packs', undefined],
  ['http://git.local:3000/a/b', 'http://git.local:3000/a/b', undefined],
  ['ssh://git@ssh.github.com:443/acme/packs.git', 'https://github.com/acme/packs', 'https://acme.github.io/packs/'],
  ['https://token@github.com/%0aevil/packs?token=x', 'https://github.com/%0aevil/packs', undefined],
  ['git://git.example.org/packs', 'https://git.example.org/packs', undefined],
])('%s', (remote, web, pages) => {
  const address = remoteAddress(remote);
  expect([address?.web, address && pagesAddress(address)]).toEqual([web, pages]);
});

test.each([
  '/srv/packs.git',
  '../packs',
  'file:///srv/packs',
  'work:acme/packs',
  'ssh://git@work/acme/packs',
  'user:secret@github.com:acme/packs',
  'C:\\packs',
  'C:/packs',
  'ext::sh -c true',
  '-u',
  'https://',
  '',
])('%j has no page', (remote) => {
  expect(remoteAddress(remote)).toBeUndefined();
});
