import { expect, test } from 'vitest';

import { doctor } from '../../../../src/publish/doctor/doctor.ts';
import { INDEX, NOW, said, testCases, where } from '../../../helpers/doctor-cases.ts';
import { doctorHost } from '../../../helpers/doctor-host.ts';

testCases([
  [
    'an answer that is older than it may be',
    where(INDEX, ({ headers }) =>
      Object.assign(headers, { age: '5000', 'cache-control': 'max-age=60', 'x-cache': 'HIT' }),
    ),
    [
      'warning staleness index.json: Age 5000 s, x-cache HIT: kept for 84 minutes, although Cache-Control allows 60 s → Purge index.json from the cache, and send `Cache-Control: no-cache` for it.',
    ],
  ],
  [
    'a host that refuses queries',
    { change: (_path, reply, { url = '' }) => void (url.includes('?') && (reply.status = 400)) },
    ['skipped staleness -: no Age; 400 where a query would pass by caches'],
  ],
]);

test('a cache that gives an older index', async () => {
  const { url } = await doctorHost({
    change: (_path, reply, { url: asked = '' }) => {
      if (!asked.includes('?')) return;
      reply.body = Buffer.from(reply.body.toString().replace('"serial":1', '"serial":2'));
    },
  });
  expect(said((await doctor(url, { now: NOW })).results)).toEqual([
    'warning staleness index.json: no Age: a cache gives serial 1, and the host has 2 → Purge index.json from the cache, and send `Cache-Control: no-cache` for it.',
  ]);
});
