import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';
import { grownRepository } from './grown-repository.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/migrate.md', import.meta.url));

it.skipIf(missingForGuides())(
  'an existing repository becomes a registry as the guide says',
  { timeout: 180_000 },
  async () => {
    const { commands } = await runTutorial(GUIDE, {
      prepare: (home) => grownRepository(join(home, 'community-packs')),
    });
    expect(readFileSync(GUIDE, 'utf8').split('\n## ')[0]).toContain(` ${commands} of them`);
  },
);
