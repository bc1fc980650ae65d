import { expect } from 'vitest';

import { ARCHIVE, testCases } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'HEAD that is not allowed',
    { change: (path, reply, { method }) => void (path === 'index.json' && method === 'HEAD' && (reply.status = 405)) },
    [
      'warning head index.json: 405 for HEAD, but 200 for GET → Let the host answer HEAD as it answers GET, without the body.',
    ],
  ],
  [
    'HEAD with another length',
    {
      change: (path, reply, { method }) =>
        void (ARCHIVE.test(path) && method === 'HEAD' && (reply.headers['content-length'] = '5')),
    },
    [
      expect.stringMatching(
        /^failure head packs\/web\S+: HEAD says 5 bytes, and the file has \d+ → Let the host answer HEAD as it answers GET, without the body\.$/u,
      ) as string,
    ],
  ],
]);
