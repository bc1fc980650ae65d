import { expect } from 'vitest';

import { INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'no validators',
    where(INDEX, ({ headers }) => (headers['etag'] = undefined)),
    [
      'warning validators index.json: neither ETag nor Last-Modified → Send an ETag with each file, so that a reader who has it need not fetch it again.',
    ],
  ],
  [
    'no 304',
    {
      change: (path, reply) => {
        if (path !== 'index.json') return;
        reply.headers['etag'] = '"other"';
        if (reply.status === 304) reply.status = 200;
      },
    },
    [
      'warning validators index.json: ETag "other", but 200 instead of 304 for who has the file → Let the host answer 304 where If-None-Match names the ETag that it sent.',
    ],
  ],
  [
    'always 304',
    {
      change: (path, reply, { headers }) =>
        void (path === 'index.json' && headers['if-none-match'] !== undefined && (reply.status = 304)),
    },
    [
      expect.stringMatching(
        /^failure validators index\.json: ETag "[0-9a-f]{20}", but 304 instead of 200 for who has another file → Look for what answers conditional requests without comparing ETags: readers never see a new release\.$/u,
      ) as string,
    ],
  ],
]);
