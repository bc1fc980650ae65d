import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { build } from '../../../src/build/build.ts';
import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { COMMON_HEADERS, DATA_POLICY, PREFLIGHT_HEADERS, type Headers } from '../../../src/model/entry-headers.ts';
import { allFiles } from '../../helpers/all-files.ts';
import { packsRepository } from '../../helpers/packs-repository.ts';
import { rawRequest, type RawAnswer } from '../../helpers/raw-request.ts';
import { scratch } from '../../helpers/scratch.ts';
import { expectHeaders, lowerCased, toldHost } from '../../helpers/served-headers.ts';
import { missingWebServer, type WebHost } from '../../helpers/web-host.ts';

async function ask(host: WebHost, path: string, headers: Headers = {}, method = 'GET'): Promise<RawAnswer> {
  return rawRequest(host.url, `/${path}`, { headers, method });
}

async function builtRegistry(): Promise<string> {
  const out = join(await scratch(), 'public');
  await build({ repository: (await packsRepository()).path, out, cache: false });
  return out;
}

describe.each(['nginx', 'caddy'] as const)('%s with its snippet', (kind) => {
  const missing = missingWebServer(kind);
  const named = (name: string): string => (missing === undefined ? name : `${name} (skipped: ${missing})`);
  const start = (folder: string): Promise<WebHost> => toldHost(kind, folder);

  test.skipIf(missing !== undefined)(named('sends every file with its headers and its bytes'), async () => {
    const out = await builtRegistry();
    const { url } = await start(out);
    expect(await expectHeaders(url, out)).toBeGreaterThan(80);
  });

  test.skipIf(missing !== undefined)(named('sends parts of archives'), async () => {
    const out = await builtRegistry();
    const host = await start(out);
    const path = allFiles(out).find((each) => each.endsWith('.tar.gz')) ?? '';
    const bytes = readFileSync(join(out, path));
    const part = await ask(host, path, { range: 'bytes=10-19', 'accept-encoding': 'gzip' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 10-19/${bytes.length}`);
    expect(part.body.equals(bytes.subarray(10, 20))).toBe(true);
  });

  test.skipIf(missing !== undefined)(
    named('lets pages read what is missing too, and lets nobody keep that'),
    async () => {
      const out = await builtRegistry();
      const host = await start(out);
      for (const path of [
        'packs/hello-yard/9.9.9/hello-yard-9.9.9.tar.gz',
        'packs/none/index.json',
        'logos/none.png',
      ]) {
        const { status, headers } = await ask(host, path);
        expect({ path, status }).toEqual({ path, status: 404 });
        expect(headers).toMatchObject(lowerCased(COMMON_HEADERS));
        expect(headers['cache-control']).toBeUndefined();
      }
    },
  );

  test.skipIf(missing !== undefined)(named('answers what a browser asks before it sends more'), async () => {
    const host = await start(await builtRegistry());
    const { status, headers } = await ask(host, 'index.json', { 'access-control-request-method': 'GET' }, 'OPTIONS');
    expect(status).toBe(204);
    expect(headers).toMatchObject(lowerCased({ ...PREFLIGHT_HEADERS, 'Access-Control-Allow-Origin': '*' }));
    expect((await ask(host, 'index.json')).headers['access-control-allow-methods']).toBeUndefined();
    expect((await ask(host, 'index.json', {}, 'POST')).status).toBe(405);
  });

  test.skipIf(missing !== undefined)(named('keeps what lies beside the registry to itself'), async () => {
    const out = await builtRegistry();
    mkdirSync(join(out, '.git'));
    writeFileSync(join(out, '.git/config'), 'secret');
    writeFileSync(join(out, '.env'), 'secret');
    const host = await start(out);
    for (const path of ['.git/config', '.env', '%2egit/config', 'packs/../.env', '.git/']) {
      const { status, body } = await ask(host, path);
      expect({ path, status, secret: body.includes('secret') }).toEqual({ path, status: 404, secret: false });
    }
    const policy = (await ask(host, '.env')).headers['content-security-policy'];
    expect(policy).toBe(DATA_POLICY);
  });

  test.skipIf(missing !== undefined)(named('is a host that clients can use'), async () => {
    const host = await start(await builtRegistry());
    const cache = await scratch();
    const registry = await openRegistry(host.url, { cache });
    expect((await registry.index()).registry.name).toBe('packs');
    const { ok, findings } = await verifyRegistry(host.url, { cache });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  });
});
