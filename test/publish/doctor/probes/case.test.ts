import { expect, test } from 'vitest';

import { doctor } from '../../../../src/publish/doctor/doctor.ts';
import { NOW, said } from '../../../helpers/doctor-cases.ts';
import { doctorHost } from '../../../helpers/doctor-host.ts';

test('a host that does not know upper and lower case', async () => {
  const { url, files } = await doctorHost();
  files.set('PACKS/WEB/1.2.0/web-1.2.0.tar.gz', files.get('packs/web/1.2.0/web-1.2.0.tar.gz') ?? Buffer.alloc(0));
  expect(said((await doctor(url, { now: NOW })).results)).toEqual([
    'failure case -: PACKS/WEB/1.2.0/web-1.2.0.tar.gz is answered with packs/web/1.2.0/web-1.2.0.tar.gz → Serve the files from a file system that knows upper and lower case: packs on other mirrors will not be found.',
  ]);
});
