import { describe, expect, test, vi } from 'vitest';

import { publishDemo, runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';

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
      err: 'The one pack of <registry> does not fit --layer cni.\n',
    });
  });

  test('a limit says how many there are', async () => {
    const err = '1 more: --limit 1 shows all.\n';
    expect(await runCommand(['list', '--limit', '0'])).toEqual({ status: 0, out: '', err });
  });

  test.each([
    [['--layer', 'cni', '--cloud', 'aws'], '--layer cni --cloud aws'],
    [['--limit', '1'], '--limit 1'],
  ])('what chooses among packs is refused with the name of one: %j', async (flags, named) => {
    expect(await runCommand(['list', 'demo', ...flags])).toEqual({
      status: 2,
      out: '',
      err: `error ${named} chooses among packs; with a name, every version of that pack is listed.\n  → Leave out the flag, as in packyard list demo, or the name.\n`,
    });
  });

  test('on a narrow terminal what is said of a version stays', async () => {
    vi.stubEnv('COLUMNS', '40');
    expect(await runCommand(['versions', 'demo', '--all'])).toMatchObject({
      out: [
        'VERSION  PUBLISHED      SIZE  STATUS',
        '1.0.0    2026-05-01  293 KiB',
        '0.9.0    2026-05-01  293 KiB  yanked: I…',
        '',
      ].join('\n'),
    });
  });

  test('without tags there is no column of them', async () => {
    await publishDemo({}, {}, { pack: (document) => void (document['tags'] = {}) });
    expect(await runCommand(['versions', 'demo'])).toMatchObject({
      out: 'VERSION     SIZE\n1.0.0    293 KiB\n',
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
