import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { bareRemote } from '../helpers/bare-remote.ts';
import { freePort } from '../helpers/tutorial/free-port.ts';
import { GIT_HOSTS, LOGIN } from '../helpers/tutorial/git-hosts.ts';
import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/run-a-registry.md', import.meta.url));

describe.skipIf(missingForGuides())('running a registry goes as the guide says', { timeout: 180_000 }, () => {
  for (const { name, missing, serve } of GIT_HOSTS) {
    it.skipIf(missing)(name, async () => {
      const remote = await bareRemote();
      const { url, isPushedTo } = await serve(remote);
      const port = await freePort();
      const { commands } = await runTutorial(GUIDE, {
        names: {
          'https://git.example.org/harbour.git': url,
          '127.0.0.1:7226': `127.0.0.1:${port}`,
          '--port 7226': `--port ${port}`,
        },
        gitConfig: LOGIN,
      });
      expect(readFileSync(GUIDE, 'utf8').split('\n## ')[0]).toContain(` ${commands} commands`);
      expect(remote.files('gh-pages')).toContain('packs/hello-world/1.0.0/hello-world-1.0.0.tar.gz');
      expect(isPushedTo()).toBe(true);
    });
  }
});
