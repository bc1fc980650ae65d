import { describe, expect, test } from 'vitest';

import { publishDemo, README, runCommand, useDemoRegistry, VALUES } from '../helpers/demo-registry.ts';

useDemoRegistry();

describe('info', () => {
  test('everything that the document says', async () => {
    await publishDemo({
      displayName: 'Demo of it all',
      addonType: 'ingress',
      group: 'LTS',
      annotations: { description: 'What it\n is for.', docsURL: 'https://example.com' },
      status: { state: 'deprecated', reason: 'Too old.', at: '2026-05-02', replacement: 'other@2.0.0' },
      supersedes: [{ contentSha256: 'd'.repeat(64), message: 'a mistake', commit: 'e'.repeat(40) }],
      source: { directory: 'packs/demo', tree: 'a'.repeat(40), commit: 'b'.repeat(40), removedIn: 'c'.repeat(40) },
      images: ['ghcr.io/a/b:1'],
      charts: [{ path: 'charts/a.tgz', name: 'a', version: '1.2', appVersion: '3' }, { path: 'charts/b.tgz' }],
      manifests: ['manifests/a.yaml'],
      ansibleRoles: ['roles/a'],
      dependencies: [
        { packName: 'kubernetes', layer: 'k8s', type: 'required', minVersion: '1.27', maxVersion: '1.30' },
        { packName: 'calico', layer: 'cni', type: 'notSupported', maxVersion: '3.0' },
        { packName: 'any', layer: 'addon', type: 'else', minVersion: '' },
      ],
      resources: [
        { type: 'cpu', minLimit: 100, components: [{ scheduleType: 'all', resourceRequestParamRef: 'a.b' }, null] },
        { type: 'toString', minLimit: { a: [] }, components: 'x' },
      ],
    });
    expect(await runCommand(['info', 'demo'])).toMatchSnapshot();
  });

  test('a blank description leaves no gap', async () => {
    await publishDemo({ annotations: { description: ' \n' } });
    const { out } = await runCommand(['info', 'demo']);
    expect(out.split('\n').slice(0, 3)).toEqual(['demo 1.0.0  Demo', '', '  Layer      addon']);
  });

  test('a yanked release that is named is shown', async () => {
    const { status, out } = await runCommand(['info', 'demo@0.9.0']);
    expect([status, out.split('\n').slice(0, 2)]).toEqual([0, ['demo 0.9.0  Demo', 'yanked: It loses data.']]);
  });

  test('as JSON, with the whole document', async () => {
    expect(JSON.parse((await runCommand(['info', 'demo@0.9.0', '--json'])).out)).toMatchObject({
      format: 'packyard-info/1',
      name: 'demo',
      version: '0.9.0',
      release: { version: '0.9.0' },
      pack: { format: 'packyard-pack/1', releases: [{ version: '1.0.0' }, { version: '0.9.0' }] },
    });
  });

  test('the files of a release, as they are', async () => {
    expect(await runCommand(['info', 'demo', '--readme'])).toEqual({ status: 0, out: README, err: '' });
    expect(await runCommand(['info', 'demo', '--values'])).toEqual({ status: 0, out: VALUES, err: '' });
  });

  test('a file that a release does not have', async () => {
    expect(await runCommand(['info', 'demo@0.9.0', '--readme'])).toEqual({
      status: 1,
      out: '',
      err: 'error demo 0.9.0 has no README.md.\n',
    });
    await publishDemo({}, { 'values.yaml': VALUES });
    expect(await runCommand(['info', 'demo', '--readme'])).toMatchObject({
      err: expect.stringContaining('It has values.yaml.'),
    });
  });

  test('a file that is too large to be read', async () => {
    const link = { path: 'packs/demo/1.0.0/README.md', sha256: 'a'.repeat(64), size: 20_000_000 };
    await publishDemo({ files: { 'README.md': link } });
    expect(await runCommand(['info', 'demo', '--readme'])).toEqual({
      status: 2,
      out: '',
      err: 'error README.md of demo 1.0.0 has 19 MiB; at most 16 MiB are shown.\n  → Pull the pack to read it: packyard pull demo@1.0.0\n',
    });
  });

  test('other bytes than were published are not shown', async () => {
    const link = { path: 'packs/demo/1.0.0/README.md', sha256: 'a'.repeat(64), size: README.length };
    await publishDemo({ files: { 'README.md': link } });
    expect(await runCommand(['info', 'demo', '--readme'])).toMatchObject({ status: 3, out: '' });
  });

  test('values that a terminal would obey are shown escaped, with a word about it', async () => {
    await publishDemo({}, { 'values.yaml': 'a: \u001b[2J\r\n' });
    expect(await runCommand(['info', 'demo', '--values'])).toEqual({
      status: 0,
      out: 'a: \\u001b[2J\n',
      err: 'warning values.yaml holds control characters, which are shown escaped: pull the pack for the file itself.\n',
    });
    await publishDemo({}, { 'values.yaml': Buffer.from([0x61, 0xff, 0x0a]) });
    expect(await runCommand(['info', 'demo', '--values'])).toEqual({
      status: 0,
      out: 'a\ufffd\n',
      err: 'warning values.yaml is not UTF-8: pull the pack for the file itself.\n',
    });
  });

  test('an unknown pack, and an unknown version', async () => {
    expect(await runCommand(['info', 'dmeo'])).toMatchObject({
      status: 1,
      err: expect.stringContaining('Did you mean demo?'),
    });
    expect(await runCommand(['info', 'demo@7.x'])).toMatchObject({
      status: 1,
      err: expect.stringContaining('It has 1.0.0, 0.9.0'),
    });
  });

  test('two answers at once are a mistake', async () => {
    expect(await runCommand(['info', 'demo', '--readme', '--values'])).toMatchObject({ status: 2, out: '' });
  });
});
