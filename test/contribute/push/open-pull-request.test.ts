import { chmodSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openPullRequest } from '../../../src/contribute/push/open-pull-request.ts';
import type { HostKind } from '../../../src/contribute/push/host-kind.ts';
import { webRepository } from '../../../src/contribute/push/host-kind.ts';
import type { OpenedPullRequest } from '../../../src/contribute/push/pull-request.ts';
import type { PushResult } from '../../../src/contribute/push/push-options.ts';
import type { PushPlace } from '../../../src/contribute/push/push-place.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { httpServer, type TestServer } from '../../helpers/http-server.ts';
import { scratch } from '../../helpers/scratch.ts';

const NO_TOKENS = { GH_TOKEN: undefined, GITHUB_TOKEN: undefined, GITLAB_TOKEN: undefined, GITEA_TOKEN: undefined };

const RESULT = (kind: HostKind): PushResult => ({
  registry: 'x',
  base: { branch: 'main', commit: 'c' },
  branch: 'packyard/demo-1.0.0',
  packs: [
    {
      name: 'demo',
      version: '1.0.0',
      from: '',
      directory: '',
      change: 'new',
      files: [],
      leftOut: [],
      message: '--Add demo 1.0.0\n\nMore.\n\nSigned-off-by: A <a@x>\n',
    },
  ],
  findings: [],
  outcome: 'pushed',
  pullRequest: { kind },
});

function place(address: string): PushPlace {
  return {
    name: 'live',
    shown: address,
    web: webRepository(address),
    environment: {},
    failure: async () => new Error('none') as never,
  };
}

function open(kind: HostKind, api: string | undefined, fork?: string): Promise<OpenedPullRequest> {
  const registry = place('https://git.example.org/acme/packs.git');
  const target = fork === undefined ? registry : place(fork);
  return openPullRequest({
    result: RESULT(kind),
    places: { registry, target },
    api,
    tokenVariable: 'MINE',
    signal: undefined,
  });
}

interface Asked {
  readonly line: string;
  readonly token: string | undefined;
  readonly body: Record<string, unknown>;
}

/** Plays an API: answers by method and path. */
async function playApi(
  answers: Readonly<Record<string, readonly [number, unknown]>>,
): Promise<{ server: TestServer; asked: Asked[] }> {
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const line = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
    const token = request.headers.authorization ?? (request.headers['private-token'] as string | undefined);
    asked.push({ line, token, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown> });
    const [status, value] = answers[line] ?? [404, { message: 'Not Found' }];
    response.writeHead(status, status === 302 ? { location: String(value) } : {}).end(JSON.stringify(value));
  };
  const server = await httpServer((request, response) => void answer(request, response));
  withEnvironment({ ...NO_TOKENS, MINE: 'tkn-4711' });
  return { server, asked };
}

const PAGE = 'https://git.example.org/acme/packs/pull/7';

test('GitHub opens one, or says which is open', async () => {
  const path = '/repos/acme/packs/pulls';
  const made = await playApi({ [`POST ${path}`]: [201, { html_url: PAGE }] });
  expect(await open('github', made.server.url, 'git@git.example.org:ada/packs')).toEqual({
    url: PAGE,
    by: 'api',
    existed: false,
  });
  expect(made.asked).toEqual([
    {
      line: `POST ${path}`,
      token: 'Bearer tkn-4711',
      body: {
        title: '--Add demo 1.0.0',
        body: 'More.\n\nSigned-off-by: A <a@x>',
        head: 'ada:packyard/demo-1.0.0',
        base: 'main',
        maintainer_can_modify: true,
      },
    },
  ]);
  const there = await playApi({
    [`POST ${path}`]: [422, { message: 'Validation Failed' }],
    [`GET ${path}`]: [200, [{ html_url: PAGE }]],
  });
  expect(await open('github', there.server.url)).toEqual({ url: PAGE, by: 'api', existed: true });
});

test('GitLab opens one from a fork, or says which is open', async () => {
  const path = '/api/v4/projects/acme%2Fpacks';
  const made = await playApi({
    [`GET ${path}`]: [200, { id: 42 }],
    'POST /api/v4/projects/ada%2Fpacks/merge_requests': [201, { web_url: PAGE }],
  });
  expect(await open('gitlab', `${made.server.url}/api/v4/`, 'git@git.example.org:ada/packs')).toEqual({
    url: PAGE,
    by: 'api',
    existed: false,
  });
  expect(made.asked[1]).toMatchObject({
    token: 'tkn-4711',
    body: { target_project_id: 42, source_branch: 'packyard/demo-1.0.0' },
  });
  const there = await playApi({
    [`POST ${path}/merge_requests`]: [409, {}],
    [`GET ${path}/merge_requests`]: [200, [{ web_url: PAGE }]],
  });
  expect(await open('gitlab', `${there.server.url}/api/v4`)).toEqual({ url: PAGE, by: 'api', existed: true });
});

test('Gitea opens one, or says which is open', async () => {
  const path = '/api/v1/repos/acme/packs/pulls';
  const made = await playApi({ [`POST ${path}`]: [201, { html_url: PAGE }] });
  expect(await open('gitea', `${made.server.url}/api/v1`)).toEqual({ url: PAGE, by: 'api', existed: false });
  expect(made.asked[0]?.token).toBe('token tkn-4711');
  const pulls = [
    { head: { ref: 'other' }, html_url: 'x' },
    { head: { ref: 'packyard/demo-1.0.0' }, html_url: PAGE },
  ];
  const there = await playApi({ [`POST ${path}`]: [409, {}], [`GET ${path}`]: [200, pulls] });
  expect(await open('gitea', `${there.server.url}/api/v1`)).toEqual({ url: PAGE, by: 'api', existed: true });
});

test('what cannot be opened is said, without the token, and it goes nowhere else', async () => {
  const elsewhere = await playApi({});
  const { server } = await playApi({
    'POST /refused/repos/acme/packs/pulls': [
      403,
      { message: 'Resource not accessible', errors: [{ message: 'no \u001B[31mscope' }] },
    ],
    'POST /evil/repos/acme/packs/pulls': [201, { html_url: 'https://evil.example/pull/7' }],
    'POST /nothing/repos/acme/packs/pulls': [201, {}],
    'POST /redirect/repos/acme/packs/pulls': [302, elsewhere.server.url],
  });
  const failures = [];
  for (const path of ['refused', 'evil', 'nothing', 'redirect'])
    failures.push(await open('github', `${server.url}/${path}`));
  expect(failures).toEqual([
    { failure: 'the token may not do that, the API answers 403: Resource not accessible: no \\u001b[31mscope' },
    { failure: 'the API named a page of another host' },
    { failure: 'the API does not say where the pull request is' },
    { failure: 'it was refused, the API answers 302' },
  ]);
  expect(elsewhere.asked).toEqual([]);
  expect(await open('git', undefined)).toMatchObject({ failure: expect.stringContaining('--host-kind') });
  expect(await open('bitbucket', undefined)).toMatchObject({ failure: expect.stringContaining('Bitbucket') });
  expect(await open('github', 'http://api.example.org')).toMatchObject({
    failure: expect.stringContaining('A token is not sent'),
  });
  expect(await open('github', 'nowhere')).toEqual({ failure: '"nowhere" is no address of an API' });
});

test.skipIf(process.platform === 'win32')(
  'gh opens one where there is no token, and gets every word as it is',
  async () => {
    const folder = await scratch();
    const gh = (script: string): void => {
      writeFileSync(join(folder, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\n${script}\n`);
      chmodSync(join(folder, 'gh'), 0o755);
    };
    withEnvironment({ ...NO_TOKENS, PATH: `${folder}:/usr/bin:/bin` });
    const registry = place('git@github.com:acme/packs.git');
    const places = { registry, target: place('git@github.com:ada/packs.git') };
    const work = (): Promise<OpenedPullRequest> =>
      openPullRequest({
        result: RESULT('github'),
        places,
        api: undefined,
        tokenVariable: undefined,
        signal: undefined,
      });
    gh('echo https://github.com/acme/packs/pull/9');
    expect(await work()).toEqual({ url: 'https://github.com/acme/packs/pull/9', by: 'gh', existed: false });
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
      'pr\ncreate\n--repo=github.com/acme/packs\n--head=ada:packyard/demo-1.0.0\n--base=main\n--title=--Add demo 1.0.0\n--body=More.\n\nSigned-off-by: A <a@x>\n',
    );
    gh('echo "a pull request for branch x already exists:" >&2; echo https://github.com/acme/packs/pull/3 >&2; exit 1');
    expect(await work()).toEqual({ url: 'https://github.com/acme/packs/pull/3', by: 'gh', existed: true });
    gh('echo "not logged in" >&2; exit 4');
    expect(await work()).toEqual({ failure: 'gh says: not logged in' });
    withEnvironment({ PATH: '/nowhere' });
    expect(await work()).toEqual({
      failure: 'there is no token in GITHUB_TOKEN or GH_TOKEN for this host, and gh is not installed',
    });
    const other = { registry: place('https://codeberg.org/a/b'), target: place('https://codeberg.org/a/b') };
    const asked = {
      result: RESULT('gitea'),
      places: other,
      api: undefined,
      tokenVariable: undefined,
      signal: undefined,
    };
    expect(await openPullRequest(asked)).toMatchObject({ failure: expect.stringContaining('GITEA_TOKEN') });
  },
);
