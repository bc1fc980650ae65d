import { createReadStream, cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { exampleRepository } from '../helpers/example-repository.ts';
import { httpServer } from '../helpers/http-server.ts';
import { freePort } from '../helpers/tutorial/free-port.ts';
import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/use-a-registry.md', import.meta.url));

/** What the guide built into its home, behind a login. */
async function privateHost(home: () => string): Promise<string> {
  const { url } = await httpServer((request, response) => {
    if (request.headers.authorization !== `Basic ${Buffer.from('ada:not-so-secret').toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="packs"' }).end();
      return;
    }
    const file = join(home(), 'public', decodeURIComponent(request.url ?? '').replace('/team/', ''));
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200, { 'content-length': stats.size }));
  });
  return url;
}

it.skipIf(missingForGuides('curl', 'jq', 'sha256sum'))(
  'using a registry goes as the guide says',
  { timeout: 180_000 },
  async () => {
    const { repository } = await exampleRepository();
    let folder = '';
    const port = await freePort();
    const names = {
      '127.0.0.1:7225': `127.0.0.1:${port}`,
      '--port 7225': `--port ${port}`,
      'https://packs.example.org': await privateHost(() => folder),
    };
    const { home, commands } = await runTutorial(GUIDE, {
      names,
      prepare(at) {
        folder = at;
        mkdirSync(join(at, 'packyard'));
        cpSync(repository.path, join(at, 'packyard'), { recursive: true });
      },
    });
    expect(readFileSync(GUIDE, 'utf8').split('\n## ')[0]).toContain(` ${commands} commands`);
    expect(statSync(join(home, 'work/inside/hello-yard-1.1.0/pack.json')).isFile()).toBe(true);
  },
);
