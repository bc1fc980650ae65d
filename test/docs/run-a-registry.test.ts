import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { bareRemote } from '../helpers/bare-remote.ts';
import { freePort } from '../helpers/tutorial/free-port.ts';
import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/run-a-registry.md', import.meta.url));

it.skipIf(missingForGuides())('running a registry goes as the guide says', { timeout: 180_000 }, async () => {
  const remote = await bareRemote();
  const port = await freePort();
  const { commands } = await runTutorial(GUIDE, {
    names: {
      'https://git.example.org/harbour.git': remote.url,
      '127.0.0.1:7226': `127.0.0.1:${port}`,
      '--port 7226': `--port ${port}`,
    },
  });
  expect(readFileSync(GUIDE, 'utf8').split('\n## ')[0]).toContain(` ${commands} commands`);
  expect(remote.files('gh-pages')).toContain('packs/hello-world/1.0.0/hello-world-1.0.0.tar.gz');
});
