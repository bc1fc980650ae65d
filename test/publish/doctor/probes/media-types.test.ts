import { ARCHIVE, INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'a page in the place of JSON',
    where(INDEX, ({ headers }) => (headers['content-type'] = 'text/html')),
    [
      'failure media-types index.json: Content-Type text/html, not application/json → Tell the host the media type of this file ending.',
    ],
  ],
  [
    'no type',
    where(ARCHIVE, ({ headers }) => (headers['content-type'] = undefined)),
    [
      'warning media-types packs/web/1.2.0/web-1.2.0.tar.gz: Content-Type none, not application/gzip → Tell the host the media type of this file ending.',
    ],
  ],
  [
    'another character set',
    where(INDEX, ({ headers }) => (headers['content-type'] = 'application/json; charset=iso-8859-1')),
    [
      'warning media-types index.json: Content-Type application/json; charset=iso-8859-1, not application/json → Tell the host the media type of this file ending.',
    ],
  ],
]);
