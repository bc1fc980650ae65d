import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { hostFiles } from '../../../src/build/hosts/host-files.ts';
import { doctor } from '../../../src/publish/doctor/doctor.ts';
import { said } from '../../helpers/doctor-cases.ts';
import { doctorRegistry } from '../../helpers/doctor-host.ts';
import { localServer, registryFolder } from '../../helpers/local-server.ts';
import { writePublished } from '../../helpers/published-registry.ts';
import { scratch } from '../../helpers/scratch.ts';
import { missingWebServer, WEB_SERVERS, webHost } from '../../helpers/web-host.ts';

/** What a web server does as its package installs it: nothing fails, and some things could be better. */
test.for(WEB_SERVERS)('%s, with next to nothing changed', async (kind, { skip }) => {
  const missing = missingWebServer(kind);
  if (missing !== undefined) skip(missing);
  const folder = await scratch();
  writePublished(doctorRegistry(), folder);
  const { url, folder: site } = await webHost(kind, folder);
  const report = await doctor(url);
  expect(report.host).toBe(kind === 'apache2' ? 'apache' : kind);
  expect(report.ok).toBe(true);
  expect(said(report.results).map((line) => line.replace(/"[0-9a-f-]+"/gu, '"…"'))).toMatchSnapshot();
  appendFileSync(join(site, 'packs/data/2.0.0/data-2.0.0.tar.gz'), 'more');
  expect((await doctor(url)).results.filter(({ state }) => state === 'failure')).toMatchObject([
    { probe: 'integrity', path: 'packs/data/2.0.0/data-2.0.0.tar.gz' },
  ]);
});

test.for(['nginx', 'caddy'] as const)(
  '%s, with what `outputs.hosts` writes: nothing is left to do',
  async (kind, { skip }) => {
    const missing = missingWebServer(kind);
    if (missing !== undefined) skip(missing);
    const folder = await scratch();
    writePublished(doctorRegistry(), folder);
    const chunks: Uint8Array[] = [];
    for (const entry of hostFiles([kind])) for await (const chunk of entry.open()) chunks.push(chunk);
    const { url } = await webHost(kind, folder, Buffer.concat(chunks).toString('utf8'));
    const { host, results } = await doctor(url, { sample: 10 });
    expect({ host, results: results.filter(({ state }) => state !== 'pass') }).toEqual({ host: kind, results: [] });
  },
);

test('`packyard serve` does all that a host should', async () => {
  const { url } = await localServer({ folder: await registryFolder(doctorRegistry()) });
  const { results } = await doctor(url, { sample: 10 });
  expect(results.filter(({ state }) => state !== 'pass')).toEqual([]);
});
