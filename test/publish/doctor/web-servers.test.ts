import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { doctor } from '../../../src/publish/doctor/doctor.ts';
import { said } from '../../helpers/doctor-cases.ts';
import { doctorRegistry } from '../../helpers/doctor-host.ts';
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
