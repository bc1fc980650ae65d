import { expect, test } from 'vitest';

import { ARCHIVE, looked, said } from '../../../helpers/doctor-cases.ts';
import { doctorHost } from '../../../helpers/doctor-host.ts';

test('files elsewhere on the same host', async () => {
  const { files } = await doctorHost();
  for (const [path, bytes] of new Map(files)) files.set(`there/${path}`, bytes);
  const results = await looked({
    files,
    change: (path, reply) =>
      void (
        ARCHIVE.test(path) &&
        !path.startsWith('there/') &&
        Object.assign(reply, { status: 302, headers: { location: `/there/${path}` } })
      ),
  });
  expect(said(results)).toEqual([
    expect.stringMatching(
      /^warning redirects packs\/web\S+: redirects to http:\S+\/there\/packs\/web\S+\.tar\.gz: each file takes 2 requests → Give users the address that it leads to, or serve the files where they are asked for\.$/u,
    ),
  ]);
});

test('files on another host', async () => {
  const other = await doctorHost();
  const results = await looked({
    change: (path, reply) =>
      void (ARCHIVE.test(path) && Object.assign(reply, { status: 307, headers: { location: `${other.url}/${path}` } })),
  });
  expect(said(results)).toEqual([
    expect.stringMatching(
      /^failure redirects packs\/web\S+: redirects to http:\S+\.tar\.gz, another origin: no login is sent there → Give users/u,
    ),
  ]);
});
