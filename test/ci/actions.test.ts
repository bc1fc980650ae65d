import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli } from '../helpers/cli.ts';
import { exampleRepository } from '../helpers/example-repository.ts';
import { brokenLinks, readIndex } from '../helpers/registry-tree.ts';
import { missingS3Server, s3Server } from '../helpers/s3-server.ts';
import { scratch } from '../helpers/scratch.ts';
import { runAction } from '../helpers/workflow-steps.ts';

const GOOD = {
  'packs/new-yard-1.0.0/pack.json': JSON.stringify({
    name: 'new-yard',
    displayName: 'New Yard',
    version: '1.0.0',
    layer: 'addon',
    addonType: 'system app',
    cloudTypes: ['all'],
  }),
  'packs/new-yard-1.0.0/values.yaml': 'pack:\n  namespace: new-yard\n',
  'packs/new-yard-1.0.0/README.md': '# New Yard\n\nA pack of a test.\n',
};

/** Other content under a version that is published. */
const BAD = { 'packs/hello-yard-1.0.0/README.md': '# Other\n' };

const POSIX = process.platform !== 'win32';

describe.runIf(POSIX)('check', () => {
  test('all packs, where nothing is to be compared', async () => {
    const { clone } = await exampleRepository();
    const { status, outputs, summary } = await runAction('check', {}, await clone());
    expect({ status, outputs, summary }).toEqual({ status: 0, outputs: { ok: 'true', report: '' }, summary: '' });
  });

  test('a change that is in order', async () => {
    const { repository, clone, first } = await exampleRepository();
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.commit(GOOD);
    repository.git('push', '--quiet', 'origin', 'change');
    const folder = await clone('change');
    const result = await runAction('check', { base: first, preview: 'preview' }, folder);
    expect(result).toMatchObject({ status: 0, outputs: { ok: 'true', report: 'packyard-report.md' } });
    expect(result.summary).toContain('new-yard');
    expect(readFileSync(join(folder, 'packyard-report.md'), 'utf8')).toBe(result.summary);
    expect(Object.keys(readIndex(join(folder, 'preview')).packs)).toContain('new-yard');
    expect(brokenLinks(join(folder, 'preview'))).toEqual([]);
  });

  test('a change of what is published', async () => {
    const { repository, clone, first } = await exampleRepository();
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.commit(BAD);
    repository.git('push', '--quiet', 'origin', 'change');
    const folder = await clone('change');
    const result = await runAction('check', { base: first, preview: 'preview' }, folder);
    expect(result).toMatchObject({ status: 1, outputs: { ok: 'false', report: 'packyard-report.md' } });
    expect(result.stdout).toMatch(/^::error file=packs\/hello-yard-1\.0\.0/mu);
    expect(result.stdout).toContain('Packs have findings: see the annotations.');
    expect(result.summary).toContain('hello-yard');
    expect(existsSync(join(folder, 'preview/index.json'))).toBe(true);
  });

  test('a base that is not there', async () => {
    const { clone } = await exampleRepository();
    const { status, stderr } = await runAction('check', { base: 'f'.repeat(40) }, await clone());
    expect(status).toBe(2);
    expect(stderr).toContain('has no commit named');
  });

  test.each(['$(touch pwned)', '"; touch pwned; "', '--fix', '`touch pwned`', 'x\ntouch pwned'])(
    'an input is never a command: %j',
    async (base) => {
      const { clone } = await exampleRepository();
      const folder = await clone();
      expect((await runAction('check', { base, preview: 'preview' }, folder)).status).toBe(2);
      expect(readdirSync(folder).toSorted()).toEqual(['.git', 'packs', 'registry.yaml']);
    },
  );
});

describe.runIf(POSIX)('publish', () => {
  test('to a folder: the first time, what changed, and nothing', async () => {
    const { repository, clone } = await exampleRepository();
    const target = join(await scratch(), 'live');
    const first = await runAction('publish', { previous: target, first: 'true', target }, await clone());
    expect(first).toMatchObject({ status: 0, stderr: expect.any(String) });
    expect(first.outputs).toEqual({ folder: 'public', serial: '1', commit: repository.git('rev-parse', 'HEAD') });
    const commit = repository.commit(GOOD);
    repository.git('push', '--quiet', 'origin', 'main');
    const second = await runAction('publish', { previous: target, target, keep: '7d' }, await clone());
    expect(second.outputs).toEqual({ folder: 'public', serial: '2', commit });
    expect(second.stdout).toMatch(/9 packs, 10 releases: 1 added, 0 changed, 9 unchanged/u);
    expect(readIndex(target)).toMatchObject({ serial: 2, source: { commit } });
    expect(brokenLinks(target)).toEqual([]);
    const third = await runAction('publish', { previous: target, target }, await clone());
    expect(third.status).toBe(0);
    expect((await runCli(['verify', target])).status).toBe(0);
  });

  test('to a branch of the remote', async () => {
    const { repository, clone } = await exampleRepository();
    const result = await runAction('publish', { branch: 'gh-pages' }, await clone());
    expect(result).toMatchObject({ status: 0 });
    repository.git('fetch', '--quiet', 'origin', 'gh-pages');
    const live = await clone('gh-pages');
    expect(readIndex(live).source.commit).toBe(repository.git('rev-parse', 'HEAD'));
    expect(brokenLinks(live)).toEqual([]);
    repository.commit(GOOD);
    repository.git('push', '--quiet', 'origin', 'main');
    expect(await runAction('publish', { previous: live, branch: 'gh-pages' }, await clone())).toMatchObject({
      status: 0,
    });
    expect(readIndex(await clone('gh-pages')).serial).toBe(2);
  });

  test('to a bucket', async ({ skip }) => {
    const missing = missingS3Server();
    if (missing !== undefined) skip(missing);
    const { endpoint, bucket, environment } = await s3Server();
    const { repository, clone } = await exampleRepository();
    const inputs = { target: `s3://${bucket}/stable`, endpoint, region: 'us-east-1' };
    expect(await runAction('publish', inputs, await clone(), environment)).toMatchObject({ status: 0 });
    const commit = repository.commit(GOOD);
    repository.git('push', '--quiet', 'origin', 'main');
    const folder = await clone();
    const second = await runAction('publish', { ...inputs, keep: '7d' }, folder, environment);
    expect(second).toMatchObject({ status: 0, outputs: { commit } });
    const again = await runAction('publish', inputs, folder, environment);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('is up to date: serial 2') });
  });

  test('for Pages', async () => {
    const { clone } = await exampleRepository();
    const folder = await clone();
    expect(await runAction('publish', { target: '_site', pages: 'true' }, folder)).toMatchObject({ status: 0 });
    expect(brokenLinks(join(folder, '_site'))).toEqual([]);
  });

  test('a registry that is gone is no first time', async () => {
    const { clone } = await exampleRepository();
    const folder = await clone();
    const { status, stderr } = await runAction('publish', { previous: './nowhere', target: 'live' }, folder);
    expect(status).toBe(2);
    expect(stderr).toContain('nowhere');
    expect(existsSync(join(folder, 'live'))).toBe(false);
  });

  test('packs that are not in order are left out only where that is asked for', async () => {
    const { repository, clone } = await exampleRepository();
    repository.commit({ 'packs/hello-yard-1.1.0/pack.json': '{' });
    repository.git('push', '--quiet', 'origin', 'main');
    const target = join(await scratch(), 'live');
    expect(await runAction('publish', { target }, await clone())).toMatchObject({ status: 1 });
    expect(existsSync(target)).toBe(false);
    const result = await runAction('publish', { target, 'keep-going': 'true' }, await clone());
    expect(result.status).toBe(1);
    expect(result.stdout).toContain('Some packs are not in order, and were left out: see the step "Build".');
    expect(brokenLinks(target)).toEqual([]);
  });
});
