import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { publish } from '../../../src/publish/publish.ts';
import type { PublishOptions, PublishResult } from '../../../src/publish/publish-options.ts';
import { builtCommits } from '../../helpers/published-commits.ts';
import { filesOf, sha256Of } from '../../helpers/registry-tree.ts';
import { s3FaultProxy, type S3Fault } from '../../helpers/s3-fault-proxy.ts';
import { allowEverybody } from '../../helpers/s3-policy.ts';
import { missingS3Server, s3Server } from '../../helpers/s3-server.ts';
import { storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'publish to a bucket' : `publish to a bucket (skipped: ${missing})`;

const PUBLISHERS = 20;

async function publishTo(
  server: { readonly endpoint: string },
  from: string,
  options: Omit<PublishOptions, 'store' | 'from'> = {},
): Promise<PublishResult> {
  return publish({ store: await storeOn(server, { prefix: 'stable' }), from, ...options });
}

async function soundRegistry(url: string): Promise<void> {
  const { ok, findings } = await verifyRegistry(url, { cache: false });
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
}

/** Opens a registry and reads every artifact, again and again until it is told to stop. */
async function watch(url: string, isOver: () => boolean): Promise<{ serials: number[]; problems: string[] }> {
  const serials: number[] = [];
  const problems: string[] = [];
  while (!isOver()) {
    try {
      const registry = await openRegistry(url, { cache: false });
      const index = await registry.index();
      if (serials.at(-1) !== index.serial) serials.push(index.serial);
      for (const name of Object.keys(index.packs)) {
        for (const { artifact } of (await registry.pack(name)).releases) {
          await registry.fetchFile(artifact.path, artifact);
        }
      }
      await registry.close();
    } catch (error) {
      problems.push(String(error));
    }
  }
  return { serials, problems };
}

describe.skipIf(missing !== undefined)(where, () => {
  test('first, again, one pack changed, and an older one: requests follow the change', async () => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:GetObject']);
    const url = `${server.endpoint}/registry/stable/`;
    const [first = '', second = ''] = (await builtCommits(2)).folders;
    const one = await publishTo(server, first, { url });
    expect(one).toMatchObject({
      outcome: 'published',
      before: undefined,
      conflicts: 0,
      probe: { ok: true, index: 'live' },
    });
    await soundRegistry(url);
    const again = await publishTo(server, first);
    expect(again).toMatchObject({ outcome: 'unchanged', traffic: { bytesSent: 0 } });
    // The index, one page of the list, and the index again.
    expect(again.traffic.requests).toBeLessThanOrEqual(3);
    const two = await publishTo(server, second, { url });
    expect(two).toMatchObject({ outcome: 'published', before: 1, probe: { ok: true, index: 'live' } });
    const sent = two.plan.upload.reduce((sum, { entry }) => sum + entry.size, 0);
    // With what shows whether the bucket keeps conditions.
    expect(two.traffic.bytesSent - sent).toBeLessThan(1000);
    expect(two.traffic.requests - two.plan.upload.length).toBeLessThanOrEqual(20);
    await soundRegistry(url);
    await expect(publishTo(server, first)).resolves.toMatchObject({ outcome: 'older', traffic: { bytesSent: 0 } });
    for (const path of filesOf(second)) {
      const answer = await fetch(`${url}${path}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect([path, sha256Of(bytes)]).toEqual([path, sha256Of(readFileSync(join(second, path)))]);
      const caching = answer.headers.get('cache-control') ?? '';
      expect([path, caching.includes('immutable')]).toEqual([path, /[0-9a-f]{64}|\/\d/u.test(path)]);
    }
  });

  test(
    'twenty at once, each with a commit further: the highest serial wins, and no reader sees a broken link',
    { timeout: 240_000 },
    async () => {
      const server = await s3Server();
      await allowEverybody(server, ['s3:GetObject']);
      const url = `${server.endpoint}/registry/stable/`;
      const { folders } = await builtCommits(PUBLISHERS);
      await publishTo(server, folders[0] ?? '');
      let over = false;
      const reader = watch(url, () => over);
      const results = await Promise.all(folders.map((from) => publishTo(server, from)));
      over = true;
      const { serials, problems } = await reader;
      expect(problems).toEqual([]);
      expect(serials).toEqual(serials.toSorted((a, b) => a - b));
      const registry = await openRegistry(url, { cache: false });
      const index = await registry.index();
      await registry.close();
      expect(index.serial).toBe(PUBLISHERS);
      expect(Object.keys(index.packs)).toHaveLength(PUBLISHERS);
      await soundRegistry(url);
      expect(results.at(-1)?.outcome).toBe('published');
      for (const { outcome } of results) expect(['published', 'older', 'unchanged']).toContain(outcome);
    },
  );

  test('where the bucket refuses conditions: it is said, and the highest serial wins', async () => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:GetObject']);
    const url = `${server.endpoint}/registry/stable/`;
    const refused: S3Fault = { kind: 'answer', status: 501, code: 'NotImplemented' };
    const proxy = await s3FaultProxy(server, ({ headers }) =>
      headers['if-match'] === undefined && headers['if-none-match'] === undefined ? undefined : refused,
    );
    const { folders } = await builtCommits(3);
    const outcomes: string[] = [];
    const warnings: string[] = [];
    for (const number of [1, 2, 0]) {
      const { outcome } = await publishTo({ endpoint: proxy.url }, folders[number] ?? '', {
        onEvent: (event) => void (event.kind === 'warning' && warnings.push(event.warning.code)),
      });
      outcomes.push(outcome);
      await soundRegistry(url);
    }
    expect(outcomes).toEqual(['published', 'published', 'older']);
    expect(warnings).toEqual(['unconditional', 'unconditional']);
  });

  test('through a server that is busy every third time', async () => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:GetObject']);
    const faults: readonly S3Fault[] = [
      { kind: 'answer', status: 503, code: 'SlowDown' },
      { kind: 'cut', after: 0 },
      { kind: 'answer', status: 500, code: 'InternalError' },
      { kind: 'mute' },
    ];
    let count = 0;
    const proxy = await s3FaultProxy(server, () => {
      count += 1;
      return count % 3 === 0 ? faults[(count / 3) % faults.length] : undefined;
    });
    const [first = '', second = ''] = (await builtCommits(2)).folders;
    for (const from of [first, second]) {
      await expect(publishTo({ endpoint: proxy.url }, from)).resolves.toMatchObject({ outcome: 'published' });
    }
    await soundRegistry(`${server.endpoint}/registry/stable/`);
  });
});
