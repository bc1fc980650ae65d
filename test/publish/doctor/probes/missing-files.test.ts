import { testCases } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'a page for what is missing',
    {
      change: (_path, reply) =>
        void (reply.status === 404 && Object.assign(reply, { status: 200, headers: { 'content-type': 'text/html' } })),
    },
    [
      'failure missing-files -: 200 with Content-Type text/html for what is not there → Answer 404 for what is not there: a page with status 200 is taken for a damaged file.',
      'skipped case -: PACKS/WEB/1.2.0/web-1.2.0.tar.gz is answered with something else: see missing-files',
    ],
  ],
  [
    'a refusal for what is missing',
    { change: (_path, reply) => void (reply.status === 404 && (reply.status = 403)) },
    [
      'warning missing-files -: 403 for what is not there → Answer 404 for what is not there: clients take this for a missing login.',
    ],
  ],
]);
