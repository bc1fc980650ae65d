import { testCases, where } from '../../../helpers/doctor-cases.ts';

const ANEW = 'Publish the registry anew from its repository; `packyard verify URL` lists all that is damaged.';
const DATA = 'packs/data/2.0.0/data-2.0.0.tar.gz';

testCases([
  [
    'an archive with other bytes',
    where(/^packs\/data\/.*\.tar\.gz$/u, (reply) => (reply.body = Buffer.alloc(reply.body.length))),
    [`failure integrity ${DATA}: other bytes than those that were published → ${ANEW}`],
  ],
  [
    'a document that is not there',
    { change: (path, reply) => void (/^packs\/data\/[0-9a-f]{64}/u.test(path) && (reply.status = 404)) },
    [`failure integrity packs/data/<sha256>.json: answers 404, although the index leads to it → ${ANEW}`],
  ],
  [
    'an archive that is not there',
    { change: (path, reply) => void (path === DATA && (reply.status = 404)) },
    [`failure integrity ${DATA}: answers 404, although a document leads to it → ${ANEW}`],
  ],
  [
    'a document with other bytes',
    where(/^packs\/data\/[0-9a-f]{64}/u, (reply) => {
      reply.body = Buffer.from('{}');
      reply.headers['content-length'] = '2';
    }),
    [`failure integrity packs/data/<sha256>.json: other bytes than those that were published → ${ANEW}`],
  ],
  [
    'a stable path that is behind',
    where(/^packs\/data\/index\.json$/u, (reply) => {
      reply.body = Buffer.from('{}');
      reply.headers['content-length'] = '2';
    }),
    [
      'warning integrity packs/data/index.json: not the same as packs/data/<sha256>.json; readers with --direct see an older state → Purge index.json from the cache, and send `Cache-Control: no-cache` for it.',
    ],
  ],
  [
    'an archive that goes on',
    where(/^packs\/data\/.*\.tar\.gz$/u, (reply) => {
      reply.body = Buffer.concat([reply.body, Buffer.alloc(50)]);
      reply.headers['content-length'] = undefined;
    }),
    [`failure integrity ${DATA}: more than the 126 bytes that it may have → ${ANEW}`],
  ],
  [
    'an archive that ends early',
    where(/^packs\/data\/.*\.tar\.gz$/u, (reply) => {
      reply.body = reply.body.subarray(0, 100);
      reply.headers['content-length'] = undefined;
    }),
    [`failure integrity ${DATA}: 100 bytes instead of 126 bytes → ${ANEW}`],
  ],
]);
