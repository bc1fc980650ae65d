import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { messageOf } from '../../../src/check/messages.ts';
import { buildText } from '../../../src/cli/serve-report.ts';
import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { serve, type LocalServer, type ServedBuild } from '../../../src/publish/serve/serve.ts';
import { gitRepository, type FileMap, type TestRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

interface Live {
  readonly repository: TestRepository;
  readonly server: LocalServer;
  readonly builds: ServedBuild[];
  versions(): Promise<readonly string[]>;
  /** Waits for the next build, and gives the rules of its findings. */
  next(change: () => void): Promise<readonly string[]>;
}

async function live(files: FileMap = packFiles('packs/demo-1.0.0')): Promise<Live> {
  const repository = await gitRepository(files);
  const builds: ServedBuild[] = [];
  const cache = await scratch();
  const onBuild = (build: ServedBuild): void => void builds.push(build);
  const server = await serve({ repository: repository.path, port: 0, cache, onBuild });
  onTestFinished(() => server.close());
  return {
    repository,
    server,
    builds,
    async versions() {
      const registry = await openRegistry(server.url, { cache: false });
      try {
        return (await registry.pack('demo')).releases.map(({ version }) => version);
      } finally {
        await registry.close();
      }
    },
    async next(change) {
      const before = builds.length;
      change();
      await expect.poll(() => builds.length, { timeout: 20_000 }).toBeGreaterThan(before);
      const last = builds.at(-1);
      return last === undefined || 'error' in last ? [] : last.result.findings.map(({ rule }) => rule);
    },
  };
}

test('a change is built and served, and verifies', async () => {
  const { repository, server, versions, next } = await live();
  expect(await versions()).toEqual(['1.0.0']);
  // A folder that is new is watched like those that were there.
  await next(() => repository.write(packFiles('packs/demo-1.1.0', { version: '1.1.0' })));
  await expect.poll(versions, { timeout: 20_000 }).toEqual(['1.1.0', '1.0.0']);
  await next(() => repository.write({ 'packs/demo-1.1.0/values.yaml': 'pack:\n  namespace: other\n' }));
  await next(() => {
    const elsewhere = join(repository.path, 'packs/.moved');
    renameSync(join(repository.path, 'packs/demo-1.1.0'), elsewhere);
    rmSync(elsewhere, { recursive: true });
  });
  await expect.poll(versions, { timeout: 20_000 }).toEqual(['1.0.0']);
  expect(await verifyRegistry(server.url, { cache: await scratch() })).toMatchObject({ ok: true, findings: [] });
});

test('a commit changes what the index says, though no file changes', async () => {
  const { repository, server, next } = await live();
  const sourceOf = async (): Promise<unknown> =>
    (JSON.parse(String((await rawRequest(server.url, '/index.json')).body)) as { source: unknown }).source;
  await next(() => repository.write({ 'packs/demo-1.0.0/README.md': '# Other\n' }));
  expect(await sourceOf()).toMatchObject({ dirty: true });
  await next(() => void repository.commit({}));
  expect(await sourceOf()).not.toHaveProperty('dirty');
});

test('with errors, what was there before is served on, and the page says why', async () => {
  const { repository, server, builds, versions, next } = await live();
  const manifest = 'packs/demo-1.0.0/pack.json';
  const rules = await next(() => repository.write({ [manifest]: '{ "name": "<b>demo",' }));
  expect(rules).not.toEqual([]);
  expect(builds.at(-1)).toMatchObject({ result: { ok: false, written: false } });
  expect(await versions()).toEqual(['1.0.0']);
  const page = String((await rawRequest(server.url, '/')).body);
  expect(page).toContain('Nothing was built because of errors. What is shown is what was there before.');
  expect(page).toContain('packs/demo-1.0.0/pack.json');
  expect(page).not.toContain('<b>demo');
  await next(() => repository.write(packFiles('packs/demo-1.0.0')));
  expect(builds.at(-1)).toMatchObject({ result: { ok: true } });
  expect(String((await rawRequest(server.url, '/')).body)).not.toContain('Nothing was built');
});

test('a configuration that is broken is said with its line, and mended', async () => {
  const { repository, server, builds, versions, next } = await live();
  await next(() => repository.write({ 'registry.yaml': 'packs: 1\n' }));
  const last = builds.at(-1);
  expect(last).toMatchObject({ error: { code: 'config-invalid' } });
  expect(buildText(last as ServedBuild, false, (_, text) => text)).toMatch(
    /^registry\.yaml:1:\d+ error config\/.+\nerror /su,
  );
  expect(String((await rawRequest(server.url, '/')).body)).toContain('registry.yaml:1:');
  expect(await versions()).toEqual(['1.0.0']);
  await next(() => repository.write({ 'registry.yaml': 'name: mended\n' }));
  expect(builds.at(-1)).toMatchObject({ result: { ok: true } });
});

test('what ends a build otherwise does not end the server', async () => {
  const { repository, server, builds, versions, next } = await live();
  vi.stubEnv('TMPDIR', join(await scratch(), 'gone'));
  onTestFinished(() => void vi.unstubAllEnvs());
  await next(() => repository.write({ 'packs/demo-1.0.0/README.md': '# Other\n' }));
  expect(builds.at(-1)).toMatchObject({
    error: {
      code: 'output-unwritable',
      message: expect.stringMatching(
        /^The registry could not be built: ENOENT: no such file or directory, mkdtemp .+\.$/u,
      ),
      hint: 'What was there before is served on; see to it, and change a file, or start again.',
    },
  });
  expect(String((await rawRequest(server.url, '/')).body)).toContain('The registry could not be built: ENOENT');
  vi.unstubAllEnvs();
  await next(() => repository.write({ 'packs/demo-1.0.0/README.md': '# Again\n' }));
  expect(builds.at(-1)).toMatchObject({ result: { written: true } });
  expect(await versions()).toEqual(['1.0.0']);
});

test('a repository that is removed and comes again is built', async () => {
  const { repository, builds, versions, next } = await live();
  const away = `${await scratch()}/away`;
  cpSync(repository.path, away, { recursive: true });
  await next(() => rmSync(repository.path, { recursive: true }));
  expect(builds.at(-1)).toMatchObject({ error: { code: 'no-repository' } });
  expect(await versions()).toEqual(['1.0.0']);
  cpSync(away, join(repository.path, '../again'), { recursive: true });
  await next(() => renameSync(join(repository.path, '../again'), repository.path));
  await next(() => repository.write(packFiles('packs/demo-1.1.0', { version: '1.1.0' })));
  await expect.poll(versions, { timeout: 20_000 }).toEqual(['1.1.0', '1.0.0']);
});

test('a first build with errors is served once they are mended', async () => {
  const { repository, server, builds, versions, next } = await live({ 'packs/demo-1.0.0/pack.json': '{' });
  expect(builds).toMatchObject([{ result: { written: false } }]);
  expect((await rawRequest(server.url, '/index.json')).status).toBe(404);
  expect(String((await rawRequest(server.url, '/')).body)).toContain('No registry yet');
  await next(() => repository.write(packFiles('packs/demo-1.0.0')));
  expect(await versions()).toEqual(['1.0.0']);
});

test('nothing is built anew for what changes nothing', async () => {
  const { repository, builds, next } = await live();
  writeFileSync(join(repository.path, 'notes.txt'), 'nothing of the registry');
  mkdirSync(join(repository.path, 'node_modules/large'), { recursive: true });
  // What is said next is about this, and not about that.
  await next(() => repository.write({ 'packs/demo-1.0.0/README.md': '# Other\n' }));
  const last = builds.at(-1);
  expect(last).toMatchObject({ result: { ok: true } });
  expect(builds.length).toBeLessThanOrEqual(3);
});

test('pages are told of every other state, and at once of the one that is there', async () => {
  const { repository, server, next } = await live();
  const page = String((await rawRequest(server.url, '/')).body);
  const state = /data-state="([0-9a-f]{16})"/u.exec(page)?.[1];
  const answer = await fetch(`${server.url}-/events`);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  })();
  await expect.poll(() => text).toBe(`event: state\ndata: ${state}\n\n`);
  await next(() => repository.write({ 'packs/demo-1.0.0/README.md': '# Other\n' }));
  const now = /data-state="([0-9a-f]{16})"/u.exec(String((await rawRequest(server.url, '/')).body))?.[1];
  expect(now).not.toBe(state);
  await expect.poll(() => text).toContain(`event: state\ndata: ${now}\n\n`);
  // The server does not wait for a page that listens.
  await server.close();
  await reading;
});

test('what was built goes with the server', async () => {
  const { server } = await live();
  expect(existsSync(join(server.folder, 'index.json'))).toBe(true);
  await server.close();
  expect(existsSync(server.folder)).toBe(false);
});

test('without a repository nothing is started', async () => {
  const repository = await scratch();
  expect(await failureOf(serve({ repository, port: 0 }))).toMatchObject({ code: 'no-repository' });
});

test('findings are those of a build', async () => {
  const { builds } = await live({ 'packs/demo-1.0.0/pack.json': '{' });
  const [first] = builds;
  const findings = first === undefined || 'error' in first ? [] : first.result.findings;
  expect(findings.map((finding) => messageOf(finding).text)).not.toEqual([]);
});
