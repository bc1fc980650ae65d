import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { scratch } from '../helpers/scratch.ts';
import { expectHeaders, toldHost } from '../helpers/served-headers.ts';
import { missingWebServer } from '../helpers/web-host.ts';

const BUNDLE = fileURLToPath(new URL('../../../shared/corpus/community-packs.bundle', import.meta.url));
const missingCorpus = existsSync(BUNDLE) ? undefined : 'the corpus is not at ../shared/corpus';

for (const kind of ['nginx', 'caddy'] as const) {
  const missing = missingCorpus ?? missingWebServer(kind);
  test.skipIf(missing !== undefined)(
    `${kind} sends 130 community packs with their headers${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    { timeout: 180_000 },
    async () => {
      const folder = await scratch();
      const [repository, out] = [join(folder, 'community'), join(folder, 'public')];
      execFileSync('git', ['clone', '--quiet', '--branch', 'main', BUNDLE, repository], { stdio: 'ignore' });
      await build({ repository, keepGoing: true, out, cache: false });
      const { url } = await toldHost(kind, out);
      expect(await expectHeaders(url, out)).toBeGreaterThan(500);
    },
  );
}
