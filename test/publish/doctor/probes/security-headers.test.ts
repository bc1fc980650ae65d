import { INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'no nosniff',
    where(INDEX, ({ headers }) => (headers['x-content-type-options'] = undefined)),
    [
      'warning security-headers index.json: X-Content-Type-Options none → Send `X-Content-Type-Options: nosniff`, so that no browser takes a README for a page.',
    ],
  ],
]);
