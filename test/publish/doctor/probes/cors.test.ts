import { ARCHIVE, INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'no CORS',
    where(INDEX, ({ headers }) => (headers['access-control-allow-origin'] = undefined)),
    [
      'warning cors index.json: Access-Control-Allow-Origin none: pages of other sites cannot read it → Send `Access-Control-Allow-Origin: *`, so that pages of other sites can read the registry.',
    ],
  ],
  [
    'CORS for one page',
    where(INDEX, ({ headers }) => (headers['access-control-allow-origin'] = 'https://one.example')),
    [
      'warning cors index.json: Access-Control-Allow-Origin https://one.example: other pages cannot read it → Send `Access-Control-Allow-Origin: *`, so that pages of other sites can read the registry.',
    ],
  ],
  [
    'CORS that a cache mixes up',
    where(INDEX, ({ headers }) => (headers['access-control-allow-origin'] = 'https://catalogue.example')),
    [
      'warning cors index.json: Access-Control-Allow-Origin https://catalogue.example without Vary: Origin: a cache gives it to pages of all sites → Send `Access-Control-Allow-Origin: *`, so that pages of other sites can read the registry.',
    ],
  ],
  [
    'headers that pages do not see',
    where(ARCHIVE, ({ headers }) => (headers['access-control-expose-headers'] = undefined)),
    [
      'warning cors packs/web/1.2.0/web-1.2.0.tar.gz: Access-Control-Allow-Origin *, but ETag and Content-Range not exposed: a page cannot go on with a download → Send `Access-Control-Expose-Headers: ETag, Content-Range`.',
    ],
  ],
]);
