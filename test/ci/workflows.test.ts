import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { CliResult } from '../helpers/cli.ts';
import { doctorHost } from '../helpers/doctor-host.ts';
import { exampleRepository } from '../helpers/example-repository.ts';
import { httpServer, type TestServer } from '../helpers/http-server.ts';
import type { PublishedFiles } from '../helpers/published-registry.ts';
import { filesOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { runAction, runner, stepNamed } from '../helpers/workflow-steps.ts';

const HEAD = 'a'.repeat(40);
const MARKER = '<!-- packyard: what this changes in the registry -->';

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** What GitHub's API does with a pull request, 7, and its comments. */
async function gitHub(comments: Comment[]): Promise<TestServer & { readonly written: string[] }> {
  const written: string[] = [];
  const server = await httpServer((request, response) => {
    const { method = '', url = '' } = request;
    const send = (value: unknown): void => void response.end(JSON.stringify(value));
    if (request.headers.authorization !== 'Bearer token') return void response.writeHead(401).end('{}');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const page = Number(/[?&]page=(\d+)/u.exec(url)?.[1] ?? 1);
      const id = Number(/comments\/(\d+)$/u.exec(url)?.[1]);
      if (method !== 'GET') written.push(`${method} ${url}`);
      const body = method === 'GET' ? '' : (JSON.parse(Buffer.concat(chunks).toString()) as { body: string }).body;
      if (url.endsWith('/pulls/7')) return send({ head: { sha: HEAD } });
      if (method === 'GET') return send(comments.slice((page - 1) * 100, page * 100));
      if (method === 'POST') comments.push({ id: comments.length + 1, body, user: { login: 'github-actions[bot]' } });
      const known = comments.find((each) => each.id === id);
      if (method === 'PATCH' && known !== undefined) known.body = body;
      return send({});
    });
  });
  return Object.assign(server, { written });
}

interface CommentRun {
  readonly number?: string;
  readonly report?: string;
  readonly headSha?: string;
}

async function comment(
  api: string,
  { number = '7\n', report = 'A report.\n', headSha = HEAD }: CommentRun = {},
): Promise<CliResult> {
  const folder = await scratch();
  writeFileSync(join(folder, 'number'), number);
  writeFileSync(join(folder, 'report.md'), report);
  return runComment(api, folder, headSha);
}

async function runComment(api: string, folder: string, headSha = HEAD): Promise<CliResult> {
  const machine = await runner(folder);
  const step = stepNamed('workflows/pull-request-comment.yml', 'comment', 'Comment');
  return machine.run(step, { API: api, TOKEN: 'token', REPOSITORY: 'o/r', HEAD_SHA: headSha, FOLDER: folder });
}

describe.runIf(process.platform !== 'win32')('the comment on a pull request', () => {
  test('is made once, and then updated', async () => {
    const comments: Comment[] = Array.from({ length: 120 }, (_, index) => ({
      id: index + 1,
      body: index === 3 ? `${MARKER}\nby somebody else` : 'a word',
      user: { login: 'someone' },
    }));
    const { url, written } = await gitHub(comments);
    expect(await comment(url)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await comment(url, { report: '$(touch pwned) `ü` "quoted" @all\n' })).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(written).toEqual(['POST /repos/o/r/issues/7/comments', 'PATCH /repos/o/r/issues/comments/121']);
    expect(comments.at(-1)?.body).toBe(`${MARKER}\n$(touch pwned) \`ü\` "quoted" @all\n`);
  });

  test('is cut where it is too long for GitHub', async () => {
    const comments: Comment[] = [];
    const { url } = await gitHub(comments);
    expect((await comment(url, { report: 'x'.repeat(70_000) })).status).toBe(0);
    expect(comments[0]?.body).toHaveLength(MARKER.length + 1 + 60_000 + 42);
    expect(comments[0]?.body).toMatch(/x\n\n… the rest is in the summary of the run\.$/u);
  });

  test('is not made on the pull request of another commit', async () => {
    const { url, written } = await gitHub([]);
    const { status, stdout } = await comment(url, { headSha: 'b'.repeat(40) });
    expect({ status, stdout, written }).toEqual({
      status: 0,
      stdout: 'Pull request 7 has another head by now.\n',
      written: [],
    });
  });

  test.each(['', 'seven', '7 8', '../../x', '-1', '7;touch pwned', '99999999999999999999'])(
    'needs a number, not %j',
    async (number) => {
      const { url, written, requests } = await gitHub([]);
      const { status, stdout } = await comment(url, { number });
      expect({ status, stdout, written }).toEqual({
        status: 1,
        stdout: '::error::The artifact names no pull request.\n',
        written: [],
      });
      expect(requests).toEqual([]);
    },
  );

  test('is not made of a file elsewhere, or of none', async () => {
    const { url, requests } = await gitHub([]);
    const folder = await scratch();
    mkdirSync(join(folder, 'artifact'));
    const artifact = join(folder, 'artifact');
    writeFileSync(join(artifact, 'number'), '7');
    const silent = { status: 0, stdout: 'There is nothing to say.\n', stderr: '' };
    expect(await runComment(url, artifact)).toEqual(silent);
    writeFileSync(join(folder, 'secret'), 'secret');
    symlinkSync(join(folder, 'secret'), join(artifact, 'report.md'));
    expect(await runComment(url, artifact)).toEqual(silent);
    expect(requests).toEqual([]);
  });

  test('fails where GitHub refuses it, and never prints the token', async () => {
    const server = await httpServer((_request, response) => void response.writeHead(403).end('{"message":"no"}'));
    const { status, stdout, stderr } = await comment(server.url);
    expect(status).not.toBe(0);
    expect(stdout + stderr).not.toContain('token');
  });
});

test.runIf(process.platform !== 'win32')('what a pull request leaves for its comment', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'packyard-report.md'), 'A report.');
  const machine = await runner(folder);
  const step = stepNamed('workflows/pull-request.yml', 'packs', 'Prepare the comment');
  expect((await machine.run(step, { NUMBER: '7' })).status).toBe(0);
  expect(readFileSync(join(folder, 'comment/number'), 'utf8')).toBe('7\n');
  expect(readFileSync(join(folder, 'comment/report.md'), 'utf8')).toBe('A report.');
});

/** The example registry, as the action builds it from a fresh clone. */
async function builtExample(): Promise<{ readonly files: PublishedFiles; readonly commit: string }> {
  const { clone } = await exampleRepository();
  const folder = await clone();
  const { outputs } = await runAction('publish', {}, folder);
  const out = join(folder, 'public');
  const files = new Map(filesOf(out).map((path) => [path, readFileSync(join(out, path))]));
  return { files, commit: outputs['commit'] ?? '' };
}

const SMOKE = [
  ['workflows/publish-pages.yml', 'smoke'],
  ['templates/workflows/publish-s3.yml', 'publish'],
] as const;

describe.runIf(process.platform !== 'win32').each(SMOKE)('the smoke test of %s', (path, job) => {
  const step = stepNamed(path, job, 'Smoke test');
  const quick = { TRIES: '2', PAUSE: '0' };

  test('passes as soon as the commit is live', async () => {
    const { files, commit } = await builtExample();
    let asked = 0;
    const { url } = await doctorHost({
      files,
      // A CDN gives the index of another commit at first.
      change: (file, reply, { url: address = '', method }) => {
        if (file !== 'index.json' || address.includes('?') || method !== 'GET') return;
        asked += 1;
        if (asked === 1) reply.body = Buffer.from(reply.body.toString().replaceAll(commit, 'c'.repeat(40)));
        reply.headers['content-length'] = undefined;
      },
    });
    const machine = await runner(await scratch());
    const result = await machine.run(step, { ...quick, REGISTRY_URL: url, GITHUB_SHA: commit });
    expect(result).toEqual({ status: 0, stdout: expect.stringContaining('is sound'), stderr: '' });
    expect(asked).toBeGreaterThan(1);
  });

  test('fails when it never is', async () => {
    const { url } = await doctorHost();
    const machine = await runner(await scratch());
    const result = await machine.run(step, { ...quick, REGISTRY_URL: url, GITHUB_SHA: 'c'.repeat(40) });
    const stdout = expect.stringMatching(/^failure {2}freshness .* not of commit cccccccccccc$/mu);
    expect(result).toEqual({ status: 1, stdout, stderr: '' });
  });
});

test.runIf(process.platform !== 'win32')('the daily doctor', async () => {
  const { url, files } = await doctorHost();
  const machine = await runner(await scratch());
  const step = stepNamed('workflows/doctor.yml', 'doctor', 'Doctor');
  const plain = { ...step, run: step.run?.replace(' --repo=.', '') ?? '' };
  expect((await machine.run(plain, { REGISTRY_URL: url })).status).toBe(0);
  expect(machine.summary()).toContain('    pass     registry');
  files.delete('index.json');
  expect((await machine.run(plain, { REGISTRY_URL: url })).status).toBe(1);
  rmSync(machine.folder, { recursive: true });
});
