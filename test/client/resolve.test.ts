import { expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import { parseReference } from '../../src/client/reference.ts';
import { resolveRelease } from '../../src/client/resolve.ts';
import { packsRegistry } from '../helpers/packs-registry.ts';
import { writePublished } from '../helpers/published-registry.ts';
import { registryHost } from '../helpers/registry-host.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const PACKS = { nginx: ['1.3.1', '1.2.0'], redis: ['7.0.0'] };

test('a release of a registry over HTTP, and in a directory', async () => {
  const host = await registryHost({ files: packsRegistry(PACKS) });
  const directory = await scratch();
  writePublished(host.files, directory);
  for (const location of [host.url, directory]) {
    const registry = await openRegistry(location, { cache: false });
    const { name, release } = await resolveRelease(registry, parseReference('nginx@1.2.x'));
    expect([name, release.version]).toEqual(['nginx', '1.2.0']);
    await registry.close();
  }
});

test('two documents are enough, one where the stable path is used', async () => {
  const host = await registryHost({ files: packsRegistry(PACKS) });
  const registry = await openRegistry(host.url, { cache: false });
  await resolveRelease(registry, { name: 'nginx' });
  expect(host.asked()).toHaveLength(2);
  const direct = await openRegistry(host.url, { cache: false, direct: true });
  await resolveRelease(direct, { name: 'nginx' });
  expect(host.asked()).toEqual(['packs/nginx/index.json']);
  await Promise.all([registry.close(), direct.close()]);
});

test('what there is not', async () => {
  const host = await registryHost({ files: packsRegistry(PACKS) });
  const registry = await openRegistry(host.url, { cache: false });
  expect(await failureOf(resolveRelease(registry, { name: 'ngnix' }))).toMatchObject({ code: 'unknown-pack' });
  expect(await failureOf(resolveRelease(registry, { name: 'nginx', selector: '2.x' }))).toEqual({
    code: 'no-version',
    message: 'The pack "nginx" has no release that "2.x" means.',
    hint: 'It has 1.3.1, 1.2.0.',
  });
  await registry.close();
});
