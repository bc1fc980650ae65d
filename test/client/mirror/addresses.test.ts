import { rmSync } from 'node:fs';

import { expect, test } from 'vitest';

import { ARTIFACT } from '../../helpers/published-registry.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { readIndex } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { problemsOf } from '../../helpers/whole-registry.ts';
import { mirrorPlace, warningsOf } from './mirrored.ts';

const headers = { authorization: 'Bearer secret' };

test('where an address fails, another one of the registry is asked for the rest, without its credentials', async () => {
  const [first, second] = [await registryHost(), await registryHost()];
  first.files.set(ARTIFACT, Buffer.alloc(300_000, 'wrong bytes '));
  const place = await mirrorPlace();
  const { transferred } = await place.mirror(first.url, { mirrors: [`${second.url}/`], headers });
  expect(problemsOf(place.path)).toEqual([]);
  expect(warningsOf(place)).toEqual([
    expect.stringContaining(`mirror-failed: ${first.url}/${ARTIFACT} has other bytes`),
  ]);
  expect(second.asked()).toEqual(expect.arrayContaining(['index.json', ARTIFACT]));
  expect(first.requests.every((request) => request.headers.authorization === 'Bearer secret')).toBe(true);
  expect(second.requests.some((request) => request.headers.authorization !== undefined)).toBe(false);
  expect(transferred.requests).toBe(first.requests.length + second.requests.length);
});

test('an address has the login that is told for it', async () => {
  const [first, second] = [
    await registryHost({ first: (_, response) => (response.writeHead(503).end(), true) }),
    await registryHost(),
  ];
  const place = await mirrorPlace();
  const mirrorHeaders = { [second.url]: { authorization: 'Bearer other' } };
  await place.mirror(first.url, { mirrors: [second.url], mirrorHeaders, headers });
  expect(second.requests[0]?.headers.authorization).toBe('Bearer other');
});

test('when all fail, what the first one says is said', async () => {
  const [first, second] = [await registryHost(), await registryHost()];
  for (const { files } of [first, second]) files.delete(ARTIFACT);
  const place = await mirrorPlace();
  const failure = await failureOf(place.mirror(first.url, { mirrors: [second.url] }));
  expect(failure).toMatchObject({
    code: 'registry-damaged',
    message: `${first.url}/${ARTIFACT} does not exist, though the index leads to it.`,
  });
});

test('schemas of a host are those that are JSON; a page that says that there is none is left out and named', async () => {
  const host = await registryHost({
    first(request, response) {
      if (request.url?.startsWith('/schemas/pack.') !== true) return false;
      response.end('<html>not here</html>');
      return true;
    },
  });
  host.files.set('schemas/index.schema.json', Buffer.from('{"$id":"urn:x"}'));
  const place = await mirrorPlace();
  const { plan } = await place.mirror(host.url);
  expect(plan.write.map(({ file }) => file.path).filter((path) => path.startsWith('schemas/'))).toEqual([
    'schemas/index.schema.json',
  ]);
  expect(warningsOf(place)).toEqual([
    `schema-skipped: ${host.url}/schemas/pack.schema.json is no JSON and was left out.`,
  ]);
  rmSync(`${place.path}/schemas`, { recursive: true });
  await place.mirror(host.url);
  expect(readIndex(place.path).serial).toBe(1);
});
