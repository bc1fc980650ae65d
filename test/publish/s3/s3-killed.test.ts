import type { ChildProcess } from 'node:child_process';

import { describe, expect, test } from 'vitest';

import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { publish } from '../../../src/publish/publish.ts';
import type { PublishResult } from '../../../src/publish/publish-options.ts';
import { outcomeOf, startCli } from '../../helpers/cli.ts';
import { builtCommits } from '../../helpers/published-commits.ts';
import { s3FaultProxy } from '../../helpers/s3-fault-proxy.ts';
import { allowEverybody } from '../../helpers/s3-policy.ts';
import { missingS3Server, s3Server, type S3Server } from '../../helpers/s3-server.ts';
import { storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'a publisher that is killed' : `a publisher that is killed (skipped: ${missing})`;

const POINTS = 50;

describe.skipIf(missing !== undefined)(where, () => {
  test(
    'leaves what was live or the new registry, and the next one finishes the job',
    { timeout: 400_000 },
    async () => {
      const server = await s3Server();
      await allowEverybody(server, ['s3:GetObject']);
      let publisher: ChildProcess | undefined;
      let left = Infinity;
      let arrives = false;
      const proxy = await s3FaultProxy(server, () => {
        left -= 1;
        if (left !== 0) return undefined;
        if (arrives) setImmediate(() => publisher?.kill('SIGKILL'));
        else publisher?.kill('SIGKILL');
        return arrives ? undefined : { kind: 'silence' };
      });
      const env = { ...server.environment, AWS_ENDPOINT_URL_S3: proxy.url };
      const [first = '', second = ''] = (await builtCommits(2)).folders;
      await publishTo(server, 'whole', first);
      const { traffic } = await publishTo(server, 'whole', second);
      const whole = await pathsBelow(server, 'whole');
      let killed = 0;
      for (let point = 0; point < POINTS; point += 1) {
        const prefix = `killed/${point}`;
        const url = `${server.endpoint}/registry/${prefix}/`;
        const isFirst = point % 5 === 0;
        if (!isFirst) await publishTo(server, prefix, first);
        arrives = point % 2 === 0;
        left = 1 + Math.floor(Math.random() * traffic.requests);
        const died = `at request ${left} of about ${traffic.requests} of publisher ${point}`;
        publisher = startCli(['publish', `s3://registry/${prefix}`, '--from', second], { env });
        killed += (await outcomeOf(publisher)).status === null ? 1 : 0;
        left = Infinity;
        const live = await fetch(`${url}index.json`);
        // Copies for those who do not begin at the index may be ahead of it; what it refers to is whole.
        if (live.ok) expect({ died, broken: await brokenAt(url, 'stale-copy') }).toEqual({ died, broken: [] });
        else expect({ died, isFirst, status: live.status }).toEqual({ died, isFirst: true, status: 404 });
        const { outcome } = await publishTo(server, prefix, second);
        expect(['published', 'unchanged']).toContain(outcome);
        expect({ died, broken: await brokenAt(url) }).toEqual({ died, broken: [] });
        const strange = (await pathsBelow(server, prefix)).filter((path) => !whole.includes(path));
        expect({ died, strange }).toEqual({ died, strange: [] });
      }
      // The very last requests come after the work.
      expect(killed).toBeGreaterThan(POINTS / 2);
    },
  );
});

async function publishTo(server: S3Server, prefix: string, from: string): Promise<PublishResult> {
  return publish({ store: await storeOn(server, { prefix }), from });
}

async function brokenAt(url: string, but?: string): Promise<unknown[]> {
  const { findings } = await verifyRegistry(url, { cache: false });
  return findings.filter(({ kind }) => kind !== but);
}

async function pathsBelow(server: S3Server, prefix: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of (await storeOn(server, { prefix })).list()) paths.push(path);
  return paths.toSorted();
}
