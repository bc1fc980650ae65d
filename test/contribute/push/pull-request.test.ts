import { describe, expect, it, test } from 'vitest';
import * as fc from 'fast-check';

import { branchFor } from '../../../src/contribute/push/branch-for.ts';
import { commitMessage, signedOff } from '../../../src/contribute/push/commit-message.ts';
import { hostKindOf, pageSaid, webRepository } from '../../../src/contribute/push/host-kind.ts';
import { pullRequestOf } from '../../../src/contribute/push/pull-request.ts';
import { tokenFor, tokenVariables } from '../../../src/contribute/push/token-access.ts';
import { checkedBranch } from '../../../src/publish/git/branch-name.ts';
import { failureOf } from '../../helpers/rejection.ts';

test.each([
  ['https://github.com/acme/packs.git', 'https://github.com', 'acme/packs'],
  ['https://git.example.org:8443/a/b/packs/', 'https://git.example.org:8443', 'a/b/packs'],
  ['git@github.com:acme/packs.git', 'https://github.com', 'acme/packs'],
  ['ssh://git.example.org:2222/acme/packs', 'https://git.example.org', 'acme/packs'],
  ['HTTP://Example.org/acme/packs', 'http://example.org', 'acme/packs'],
])('%s has pages', (address, origin, path) => {
  expect(webRepository(address)).toEqual({ origin, path });
});

test.each([
  'file:///srv/packs.git',
  '/srv/packs.git',
  'git://h.example/a/b',
  'C:\\packs\\x',
  'https://h.example/../a/b',
  'https://h.example/a"b/c',
  'https://h/x',
])('%s has none', (address) => {
  expect(webRepository(address)).toBeUndefined();
});

const facts = (address: string, fork = address): Parameters<typeof pullRequestOf>[0] => ({
  registry: webRepository(address),
  pushed: webRepository(fork),
  base: 'release/1.x',
  branch: 'packyard/nginx-1.0.0+a#b',
  kind: undefined,
});

describe('the page on which a pull request is opened', () => {
  it.each([
    ['github.com', 'https://github.com/acme/packs/compare/release/1.x...packyard/nginx-1.0.0%2Ba%23b?expand=1'],
    [
      'gitlab.com',
      'https://gitlab.com/acme/packs/-/merge_requests/new?merge_request%5Bsource_branch%5D=packyard%2Fnginx-1.0.0%2Ba%23b&merge_request%5Btarget_branch%5D=release%2F1.x',
    ],
    ['codeberg.org', 'https://codeberg.org/acme/packs/compare/release/1.x...packyard/nginx-1.0.0%2Ba%23b'],
    [
      'bitbucket.org',
      'https://bitbucket.org/acme/packs/pull-requests/new?source=packyard%2Fnginx-1.0.0%2Ba%23b&dest=acme%2Fpacks%3A%3Arelease%2F1.x',
    ],
  ])('of %s', (host, url) => {
    expect(pullRequestOf(facts(`https://${host}/acme/packs.git`)).url).toBe(url);
  });

  it('names the fork', () => {
    const page = (host: string): string | undefined =>
      pullRequestOf(facts(`https://${host}/acme/packs`, `git@${host}:ada/packs`)).url;
    expect(page('github.com')).toContain('...ada:packyard/');
    expect(page('gitlab.com')).toMatch(/^https:\/\/gitlab\.com\/ada\/packs\/-\/merge_requests\/new\?[^&]*$/u);
    expect(page('codeberg.org')).toContain('...ada:packyard/');
  });

  it('is that of a kind that is named, and else the one that the remote names, if it is its own', () => {
    const web = webRepository('git@code.example.org:acme/packs');
    const said = pageSaid(
      'remote: \nremote:   http://evil.example/-/merge_requests/new\nremote:   https://code.example.org/acme/packs/-/merge_requests/new?x=1\n',
      web,
    );
    expect(said?.href).toBe('https://code.example.org/acme/packs/-/merge_requests/new?x=1');
    expect(hostKindOf(web, said)).toBe('gitlab');
    expect(hostKindOf(web)).toBe('git');
    expect(pageSaid('remote: https://user:pw@code.example.org/x', web)).toBeUndefined();
    expect(pageSaid('To https://code.example.org/x', web)).toBeUndefined();
    const other = facts('git@code.example.org:acme/packs');
    expect(pullRequestOf(other)).toEqual({ kind: 'git' });
    expect(pullRequestOf({ ...other, kind: 'gitea' }).url).toMatch(
      /^https:\/\/code\.example\.org\/acme\/packs\/compare\//u,
    );
    expect(pullRequestOf({ ...other, said: new URL('https://code.example.org/other') })).toEqual({
      kind: 'git',
      url: 'https://code.example.org/other',
    });
  });
});

describe('a token', () => {
  it('goes to its own host only', () => {
    const environment = {
      GITHUB_TOKEN: 'gh',
      GITLAB_TOKEN: 'gl',
      GITEA_TOKEN: 'gt',
      CI_SERVER_URL: 'https://git.corp.example',
    };
    expect(tokenFor('https://github.com', undefined, environment)).toEqual({ variable: 'GITHUB_TOKEN', value: 'gh' });
    expect(tokenFor('https://git.corp.example', undefined, environment)?.variable).toBe('GITLAB_TOKEN');
    for (const origin of [
      'http://github.com',
      'https://github.com.evil.example',
      'https://github.com:8443',
      'https://example.org',
    ]) {
      expect(tokenFor(origin, undefined, environment)).toBeUndefined();
      expect(tokenVariables(origin, environment)).toEqual([]);
    }
  });

  it('is not sent where anybody can read it, and must be one', async () => {
    const plain = (async () => tokenFor('http://example.org', 'MINE', { MINE: 'secret' }))();
    expect((await failureOf(plain)).message).toBe(
      'A token is not sent to http://example.org, where anybody on the way could read it.',
    );
    const broken = (async () => tokenFor('https://example.org', 'MINE', { MINE: 'sec\nret' }))();
    expect((await failureOf(broken)).message).toBe(
      'The variable "MINE" holds what cannot be a token: white space or control characters.',
    );
  });
});

test('any name and version make a branch that Git takes', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}[a-z0-9]$/u),
      fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
      (name, version) => {
        const plain = version.replaceAll('/', '');
        if (plain !== '') expect(() => checkedBranch(branchFor([{ name, version: plain }]))).not.toThrow();
      },
    ),
  );
});

test('what is signed off is signed off once, and trailers stand together', () => {
  const ada = { name: 'Ada', email: 'ada@example.org' };
  const line = 'Signed-off-by: Ada <ada@example.org>\n';
  expect(signedOff('Fix: it', ada)).toBe(`Fix: it\n\n${line}`);
  expect(signedOff(`Add\n\nRefs: #1\n`, ada)).toBe(`Add\n\nRefs: #1\n${line}`);
  expect(signedOff(signedOff('Add', ada), ada)).toBe(`Add\n\n${line}`);
  const many = Array.from({ length: 22 }, (_, index) => ({ path: `f${index}`, kind: 'removed' }) as const);
  const text = commitMessage({
    name: 'a',
    version: '2',
    replaces: true,
    previous: { version: '1', differences: many },
  });
  expect(text).toMatch(/^Update a to 2\n\nSince 1: 22 files removed\.\n\n {2}- f0\n[^]*\n {2}and 2 more$/u);
  expect(
    commitMessage({ name: 'a', version: '2', replaces: false, previous: { version: '1', differences: [] } }),
  ).toContain('no file is different');
});
