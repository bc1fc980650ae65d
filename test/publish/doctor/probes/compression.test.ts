import { ARCHIVE, INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'an archive that is said to be encoded',
    where(ARCHIVE, ({ headers }) => (headers['content-encoding'] = 'gzip')),
    [
      'skipped range packs/web/1.2.0/web-1.2.0.tar.gz: the archive is sent as something encoded: see compression',
      'failure compression packs/web/1.2.0/web-1.2.0.tar.gz: Content-Encoding gzip, which was not asked for: clients may unpack the archive on its way, and then its hash is wrong → Send .tar.gz files without Content-Encoding: they are archives, and not a compressed form of something else.',
      'failure integrity packs/web/1.2.0/web-1.2.0.tar.gz: other bytes than those that were published, unpacked from Content-Encoding gzip → Send .tar.gz files without Content-Encoding: they are archives, and not a compressed form of something else.',
      'failure integrity packs/data/2.0.0/data-2.0.0.tar.gz: other bytes than those that were published, unpacked from Content-Encoding gzip → Send .tar.gz files without Content-Encoding: they are archives, and not a compressed form of something else.',
    ],
  ],
  [
    'an archive that is compressed where that is allowed',
    {
      change: (path, reply, { headers }) =>
        void (
          ARCHIVE.test(path) &&
          headers['accept-encoding'] === 'br, gzip' &&
          (reply.headers['content-encoding'] = 'gzip')
        ),
    },
    [
      'failure compression packs/web/1.2.0/web-1.2.0.tar.gz: Content-Encoding gzip: clients may unpack the archive on its way, and then its hash is wrong → Send .tar.gz files without Content-Encoding: they are archives, and not a compressed form of something else.',
    ],
  ],
  [
    'no Vary',
    where(INDEX, ({ headers }) => (headers['vary'] = undefined)),
    [
      'warning compression index.json: sent as gzip, without Vary: Accept-Encoding → Send `Vary: Accept-Encoding`: else a cache may give compressed bytes to who cannot read them.',
    ],
  ],
  [
    'a large document as it is',
    {
      change: (path, reply, { headers }) =>
        void (
          INDEX.test(path) &&
          headers['accept-encoding'] === 'br, gzip' &&
          Object.assign(reply, {
            body: Buffer.alloc(2000, ' '),
            headers: { ...reply.headers, 'content-encoding': undefined, 'content-length': '2000' },
          })
        ),
    },
    [
      'warning compression index.json: 2000 bytes, sent as they are → Compress JSON with gzip or Brotli: documents get five to ten times smaller.',
    ],
  ],
  [
    'a small document as it is',
    {
      change: (path, reply, { headers }) =>
        void (
          INDEX.test(path) &&
          headers['accept-encoding'] === 'br, gzip' &&
          Object.assign(reply, {
            body: Buffer.from('{}'),
            headers: { ...reply.headers, 'content-encoding': undefined, 'content-length': '2' },
          })
        ),
    },
    [],
  ],
  [
    'a document that compressing damages',
    {
      change: (path, reply, { headers }) =>
        void (
          /^packs\/web\/[0-9a-f]{64}/u.test(path) &&
          headers['accept-encoding'] === 'br, gzip' &&
          Object.assign(reply, {
            body: Buffer.from('{}'),
            headers: { ...reply.headers, 'content-encoding': undefined, 'content-length': '2' },
          })
        ),
    },
    [
      'failure compression packs/web/<sha256>.json: other bytes than published → Publish the registry anew from its repository; `packyard verify URL` lists all that is damaged.',
    ],
  ],
]);
