import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, test } from 'vitest';

import { builderOf } from '../../helpers/build-registry.ts';
import { richRepository } from '../../helpers/rich-repository.ts';
import { missingWebServer, webHost, WEB_SERVERS } from '../../helpers/web-host.ts';
import { sourceIn, USES, type Source } from './hosted-registry.ts';

const kept = mkdtempSync(join(tmpdir(), 'packyard-test-'));
afterAll(() => rmSync(kept, { recursive: true, force: true }));

/** The example packs and odd ones, built once for all tests. */
async function examples(): Promise<Source> {
  const folder = join(kept, 'examples');
  if (!existsSync(folder)) {
    const builder = await builderOf(await richRepository());
    await builder.build();
    cpSync(builder.out, folder, { recursive: true, preserveTimestamps: true });
  }
  return sourceIn(folder);
}

/** Another registry, which is larger than what a repository should hold. */
const other = process.env['PACKYARD_TEST_REGISTRY'];

for (const kind of WEB_SERVERS) {
  const missing = missingWebServer(kind);
  describe.skipIf(missing !== undefined)(`${kind} as it is installed${missing ? ` (${missing})` : ''}`, () => {
    test.each(Object.entries(USES))('%s', { timeout: 120_000 }, async (_, use) => {
      const source = await examples();
      await use((await webHost(kind, source.folder)).url, source);
    });

    test.skipIf(other === undefined)(
      'all of it with the registry in PACKYARD_TEST_REGISTRY',
      { timeout: 600_000 },
      async () => {
        const source = sourceIn(other ?? '');
        const { url } = await webHost(kind, source.folder);
        for (const use of Object.values(USES)) await use(url, source);
      },
    );
  });
}
