import { expect } from 'vitest';

import { ARCHIVE, testCases } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'no parts',
    {
      change: (path, reply, { headers }) =>
        void (ARCHIVE.test(path) && headers.range !== undefined && (reply.status = 200)),
    },
    [
      expect.stringMatching(
        /^warning range packs\/web\/1\.2\.0\/web-1\.2\.0\.tar\.gz: 200 instead of 206 for Range bytes=\d+-: an interrupted download begins anew → Let the host answer Range requests with 206: an interrupted download then goes on where it stopped\.$/u,
      ) as string,
    ],
  ],
  [
    'parts that are refused',
    {
      change: (path, reply, { headers }) =>
        void (ARCHIVE.test(path) && headers.range !== undefined && (reply.status = 400)),
    },
    [expect.stringMatching(/^failure range packs\/web\S+: 400 instead of 206 for Range/u) as string],
  ],
  [
    'another part than the one that was asked for',
    { change: (_path, reply) => void (reply.status === 206 && (reply.headers['content-range'] = 'bytes 0-9/10')) },
    [
      expect.stringMatching(
        /^failure range \S+: 206 with Content-Range bytes 0-9\/10 for Range bytes=\d+-, not bytes \d+-\d+\/\d+ → Look for what changes files on the way: a part of a file must be exactly those bytes of it\.$/u,
      ) as string,
    ],
  ],
  [
    'a part with other bytes',
    { change: (_path, reply) => void (reply.status === 206 && (reply.body = Buffer.alloc(reply.body.length))) },
    [
      expect.stringMatching(
        /^failure range \S+: 206 with other bytes for Range bytes=\d+- → Look for what changes/u,
      ) as string,
    ],
  ],
]);
