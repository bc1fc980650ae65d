import { describe, expect, test } from 'vitest';

import { publishDemo, runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';

useDemoRegistry();

describe('search', () => {
  test('a table, with what was found in bold', async () => {
    expect(await runCommand(['search', 'em'], { colour: true })).toEqual({
      status: 0,
      out:
        '\u001b[2mNAME\u001b[22m  \u001b[2mLATEST\u001b[22m  \u001b[2mLAYER\u001b[22m  \u001b[2mDISPLAY NAME\u001b[22m\n' +
        'd\u001b[1mem\u001b[22mo  1.0.0   addon  Demo\n',
      err: '',
    });
  });

  test('nothing found, with a name that is near', async () => {
    expect(await runCommand(['search', 'dmeox'])).toEqual({
      status: 1,
      out: '',
      err: 'No pack of <registry> fits "dmeox".\n  → Did you mean demo?\n',
    });
    expect(await runCommand(['search', 'nginx', 'ingress'])).toEqual({
      status: 1,
      out: '',
      err: 'No pack of <registry> fits "nginx ingress".\n  → packyard list shows all packs.\n',
    });
  });

  test('nothing found because of the filter', async () => {
    expect(await runCommand(['search', 'demo', '--layer', 'cni', '--type', 'x'])).toEqual({
      status: 1,
      out: '',
      err: 'No pack of <registry> fits "demo" with --layer cni --type x.\n  → Without that, there is one.\n',
    });
  });

  test('as JSON', async () => {
    const { status, out } = await runCommand(['search', 'demo', '--json']);
    expect([status, JSON.parse(out)]).toMatchObject([
      0,
      {
        format: 'packyard-search-result/1',
        total: 1,
        hits: [{ name: 'demo', match: { kind: 'exact', field: 'name', found: [{ field: 'name', start: 0, end: 4 }] } }],
      },
    ]);
    expect(await runCommand(['search', 'nothing', '--json'])).toMatchObject({ status: 1, err: '' });
  });

  test('a limit says how many there are', async () => {
    expect(await runCommand(['search', 'demo', '--limit', '0'])).toEqual({
      status: 0,
      out: '',
      err: '1 more: --limit 1 shows all.\n',
    });
  });

  test('a registry without packs', async () => {
    await publishDemo({}, {}, { search: (search) => void (search['packs'] = []) });
    expect(await runCommand(['search', 'demo'])).toEqual({
      status: 1,
      out: '',
      err: 'The registry at <registry> has no packs.\n',
    });
  });

  test('a column that would be empty is not there', async () => {
    await publishDemo(
      {},
      {},
      { search: (search) => void Object.assign((search['packs'] as object[])[0] ?? {}, { description: ' ' }) },
    );
    expect(await runCommand(['search', 'demo'])).toMatchObject({
      out: 'NAME  LATEST  LAYER  DISPLAY NAME\ndemo  1.0.0   addon  Demo\n',
    });
  });

  test('without words is a mistake', async () => {
    expect(await runCommand(['search'])).toMatchObject({ status: 2, out: '' });
  });
});
