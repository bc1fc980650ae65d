import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { builderOf } from '../helpers/build-registry.ts';
import { httpServer } from '../helpers/http-server.ts';
import { richRepository } from '../helpers/rich-repository.ts';
import { sha256Of, readPackDocument } from '../helpers/registry-tree.ts';
import type * as Client from '../../src/client/client.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What the client asks for by the name of a package, and where its ES module is. */
const IMPORTS = { 'fastest-levenshtein': '/node_modules/fastest-levenshtein/esm/mod.js' };

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };

const PAGE = `<!doctype html><meta charset="utf-8"><title>Client</title>
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module">import * as client from '/dist/client/client.js'; globalThis.client = client;</script>`;

function browserPath(): string | undefined {
  const candidates = [process.env['CHROME'], '/usr/bin/chromium', '/usr/bin/google-chrome'];
  return candidates.find((path) => path !== undefined && spawnSync(path, ['--version']).status === 0);
}

const browser = browserPath();
const skipped = browser === undefined && !PEERS_REQUIRED;

interface Opened {
  readonly page: Page;
  /** Paths that the page asked for, in order. */
  readonly asked: () => string[];
  /** What went wrong in it. */
  readonly problems: readonly string[];
}

/** A page of a host that has the compiled client, and a registry below `/registry/`. */
async function open(registry: string): Promise<Opened> {
  const server = await httpServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').replace(/\?.*$/u, ''));
    if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    const file = path.startsWith('/registry/') ? join(registry, path.slice(10)) : join(PROJECT, path);
    if (path.includes('..') || !existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  const started = await chromium.launch({
    executablePath: browser ?? expect.fail('there is no Chromium: name one in CHROME'),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  onTestFinished(() => started.close());
  const page = await started.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('requestfailed', (request) => problems.push(`${request.url()} ${request.failure()?.errorText}`));
  await page.goto(`${server.url}/`);
  await page.waitForFunction(() => 'client' in globalThis, undefined, { timeout: 20_000 }).catch(() => undefined);
  expect(problems).toEqual([]);
  return { page, asked: () => server.requests.map(({ path }) => path), problems };
}

test.skipIf(skipped)(
  `a page reads a registry with the client's own modules${skipped ? ' (no Chromium here)' : ''}`,
  { timeout: 120_000 },
  async () => {
    const builder = await builderOf(await richRepository());
    await builder.build();
    const { page, asked, problems } = await open(builder.out);
    const found = await page.evaluate(async (url) => {
      const { openRegistry } = (globalThis as unknown as { readonly client: typeof Client }).client;
      const registry = await openRegistry(url);
      const { packs } = await registry.searchDocument();
      const { name, releases } = await registry.pack('hello-yard');
      const [release] = releases;
      if (release === undefined) throw new Error('there is no release');
      const file = await registry.fetchFile(release.artifact.path, release.artifact);
      let size = 0;
      for await (const chunk of file.open()) size += chunk.byteLength;
      const unknown = await registry.pack('hello-yrad').catch((error: unknown) => error as Error & { code: string });
      await registry.close();
      return {
        names: packs.map((pack) => pack.name),
        name,
        version: release.version,
        size,
        sha256: file.sha256,
        unknown: 'code' in unknown ? `${unknown.code}: ${unknown.message}` : 'found',
      };
    }, `${page.url()}registry/`);
    const [newest] = readPackDocument(builder.out, 'hello-yard').releases;
    expect(found).toMatchObject({
      name: 'hello-yard',
      version: newest?.version,
      size: newest?.artifact.size,
      sha256: sha256Of(readFileSync(join(builder.out, newest?.artifact.path ?? ''))),
      unknown: expect.stringMatching(/^unknown-pack: .*hello-yrad/u) as string,
    });
    expect(found.names).toContain('ubuntu-lts');
    expect(problems).toEqual([]);
    const paths = asked().filter((path) => path !== '/favicon.ico');
    expect(paths.filter((path) => path.startsWith('/registry/'))).toHaveLength(4);
    const packages = paths.filter((path) => path.startsWith('/node_modules/'));
    expect(packages).toEqual(Object.values(IMPORTS));
    expect(paths.filter((path) => /^\/dist\/(?:build|cli|repo|publish)\/|\/view\/|\/unpack\//u.test(path))).toEqual([]);
  },
);
