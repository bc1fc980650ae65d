import { describe, expect, test } from 'vitest';

import { runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';

useDemoRegistry();

describe('list and versions', () => {
  test('all packs', async () => {
    expect(await runCommand(['list'])).toEqual({
      status: 0,
      out: 'NAME  LATEST  LAYER  DISPLAY NAME  UPDATED\ndemo  1.0.0   addon  Demo\n',
      err: '',
    });
  });

  test('none of them', async () => {
    expect(await runCommand(['list', '--layer', 'cni'])).toEqual({
      status: 1,
      out: '',
      err: 'None of the 1 packs of <registry> fits --layer cni.\n',
    });
  });

  test('the versions of one, without those that must not be used', async () => {
    expect(await runCommand(['versions', 'demo'])).toEqual({
      status: 0,
      out: 'VERSION  PUBLISHED      SIZE  TAGS\n1.0.0    2026-05-01  293 KiB  latest\n',
      err: '1 disabled or yanked: --all shows them too.\n',
    });
  });

  test('all versions of one', async () => {
    const all = {
      status: 0,
      out: [
        'VERSION  PUBLISHED      SIZE  TAGS    STATUS',
        '1.0.0    2026-05-01  293 KiB  latest',
        '0.9.0    2026-05-01  293 KiB          yanked: It loses data.',
        '',
      ].join('\n'),
      err: '',
    };
    expect(await runCommand(['versions', 'demo', '--all'])).toEqual(all);
    expect(await runCommand(['list', 'demo'])).toEqual(all);
  });

  test('as JSON', async () => {
    const { out } = await runCommand(['versions', 'demo', '--all', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      format: 'packyard-versions/1',
      name: 'demo',
      versions: [
        { version: '1.0.0', tags: ['latest'], state: 'active' },
        { version: '0.9.0', state: 'yanked', status: { reason: 'It loses data.' } },
      ],
    });
    expect(JSON.parse((await runCommand(['list', '--json'])).out)).toMatchObject({
      format: 'packyard-list/1',
      packs: [{ name: 'demo', state: 'active' }],
    });
  });

  test('a release where a pack is expected', async () => {
    expect(await runCommand(['versions', 'demo@1.0.0'])).toEqual({
      status: 2,
      out: '',
      err: 'error "demo@1.0.0" names a release, where the name of a pack is expected.\n  → Write demo for all of its versions; "packyard info demo@1.0.0" shows one of them.\n',
    });
  });
});
