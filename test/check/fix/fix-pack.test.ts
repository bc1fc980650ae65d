import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { CATALOG, RULE_IDS } from '../../../src/check/catalog.ts';
import type { Draft, FileChange } from '../../../src/check/fix/file-changes.ts';
import { fixOf } from '../../../src/check/fix/fix-of.ts';
import { fixPack } from '../../../src/check/fix/fix-pack.ts';
import { FIXERS } from '../../../src/check/fix/fixers.ts';
import { lint } from '../../../src/check/lint.ts';
import { loadLintPack } from '../../../src/check/lint-pack.ts';
import type { PackFile } from '../../../src/pack/pack.ts';
import { packFiles, type PackOptions } from '../../helpers/pack-fixture.ts';
import { packedChart } from '../../helpers/packed-chart.ts';

const ALL = { unsafe: true, wanted: () => true };

function draftOf(
  options: PackOptions,
  extra: { junk?: readonly string[]; executable?: readonly string[] } = {},
): Draft {
  const files = Object.entries(packFiles('pack', options)).flatMap(([name, content]): [string, PackFile][] => {
    const path = name.slice('pack/'.length);
    const executable = extra.executable?.includes(path) === true;
    return content === null ? [] : [[path, { path, executable, data: Buffer.from(content) }]];
  });
  return { files: new Map(files), junk: extra.junk ?? [] };
}

function applied(draft: Draft, changes: readonly FileChange[]): Draft {
  const files = new Map(draft.files);
  const gone = new Set<string>();
  for (const { path, kind, data = files.get(path)?.data, executable } of changes) {
    if (kind === 'remove') gone.add(path);
    else if (data !== undefined) files.set(path, { path, data, executable });
  }
  for (const path of gone) files.delete(path);
  return { files, junk: draft.junk.filter((path) => !gone.has(path)) };
}

async function textAfter(options: PackOptions, path: string, how = ALL): Promise<string | undefined> {
  const draft = draftOf(options);
  const { changes } = await fixPack(draft, how);
  return applied(draft, changes).files.get(path)?.data.toString('utf8');
}

test('every rule that says it can be repaired is, and no other', () => {
  const repairable = RULE_IDS.filter((rule) => CATALOG[rule].fix !== undefined);
  expect(Object.keys(FIXERS).toSorted()).toEqual(repairable.toSorted());
});

describe('repairs', () => {
  test('a leading v, and nothing else of the file', async () => {
    const before = '{"name": "demo",\n   "version":"v1.2.0", "displayName": "Demo", "layer": "csi" }\n';
    expect(await textAfter({ files: { 'pack.json': before } }, 'pack.json')).toBe(before.replace('v1.2.0', '1.2.0'));
  });

  test('blank keys', async () => {
    const text = await textAfter({ manifest: { group: '', eol: ' ' } }, 'pack.json');
    expect(JSON.parse(text ?? '')).not.toHaveProperty('group');
    expect(JSON.parse(text ?? '')).not.toHaveProperty('eol');
  });

  test('charts and manifests that are not listed', async () => {
    const files = {
      'charts/demo-1.0.0.tgz': packedChart('demo'),
      'manifests/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
    };
    const text = await textAfter({ files }, 'pack.json');
    expect(JSON.parse(text ?? '')).toMatchObject({
      charts: ['charts/demo-1.0.0.tgz'],
      kubeManifests: ['manifests/a.yaml'],
    });
  });

  test('junk and executable bits', async () => {
    const draft = draftOf({}, { junk: ['charts/.DS_Store'], executable: ['values.yaml'] });
    const { changes, fixed } = await fixPack(draft, ALL);
    expect(changes).toEqual([
      { path: 'charts/.DS_Store', kind: 'remove', executable: false },
      { path: 'values.yaml', kind: 'mode', executable: false },
    ]);
    expect(fixed.map(({ rule }) => rule)).toEqual(['file/junk', 'file/executable']);
  });

  test('a logo that is another kind of picture', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>';
    const draft = draftOf({ files: { 'logo.svg': svg } });
    const { changes } = await fixPack(draft, ALL);
    expect(changes.map(({ path, data }) => [path, data?.toString('latin1', 1, 4)])).toEqual([
      ['logo.png', 'PNG'],
      ['logo.svg', undefined],
    ]);
  });

  const UNTAGGED = {
    manifest: { kubeManifests: ['manifests/a.yaml'] },
    files: {
      'values.yaml': 'pack:\n  content:\n    images:\n      - image: ghcr.io/x/y # why\nmanifests:\n  a: {}\n',
      'manifests/a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - image: ghcr.io/x/y:1.2.3\n',
    },
  };

  test('an image without a tag only when asked to be unsafe, and keeps comments', async () => {
    expect(await textAfter(UNTAGGED, 'values.yaml')).toBe(
      UNTAGGED.files['values.yaml'].replace('x/y #', 'x/y:1.2.3 #'),
    );
    expect(await textAfter(UNTAGGED, 'values.yaml', { ...ALL, unsafe: false })).toBe(UNTAGGED.files['values.yaml']);
  });

  test('more than are shown of one kind', async () => {
    const junk = Array.from({ length: 620 }, (_, index) => `d${index}/.DS_Store`);
    const draft = draftOf({}, { junk });
    expect((await fixPack(draft, ALL)).changes).toHaveLength(620);
  });

  test('each image of a list, also behind one that cannot be', async () => {
    const values = [
      'pack:',
      '  content:',
      '    images:',
      '      - image: "ghcr.io/x\\u002fy"',
      '      - image: ghcr.io/x/y',
      '      - image: ghcr.io/x/y',
      'manifests: { a: {} }',
    ].join('\n');
    const after = await textAfter({ ...UNTAGGED, files: { ...UNTAGGED.files, 'values.yaml': values } }, 'values.yaml');
    expect(after?.match(/ghcr.io\/x\/y:1.2.3/gu)).toHaveLength(2);
  });

  test('nothing that nobody wants to hear of, or that a comment allows', async () => {
    const options = { version: 'v1.0.0' };
    expect((await fixPack(draftOf(options), { unsafe: true, wanted: () => false })).changes).toEqual([]);
    const allowed = UNTAGGED.files['values.yaml'].replace('# why', '# packyard: allow image/no-tag -- moved by hand');
    expect(await textAfter({ ...UNTAGGED, files: { ...UNTAGGED.files, 'values.yaml': allowed } }, 'values.yaml')).toBe(
      allowed,
    );
  });
});

test(
  'afterwards nothing can be repaired any more, and a second time changes nothing',
  { timeout: 120_000 },
  async () => {
    const broken = fc.record({
      version: fc.constantFrom('1.0.0', 'v1.0.0', 'V2'),
      manifest: fc.record(
        {
          group: fc.constantFrom('', '  ', 'LTS'),
          eol: fc.constant(''),
          charts: fc.constantFrom([], ['charts/demo-1.0.0.tgz'], ['charts/nowhere.tgz'], 'charts/x.tgz'),
          kubeManifests: fc.constantFrom([], ['manifests/a.yaml']),
        },
        { requiredKeys: [] },
      ),
      files: fc.record(
        {
          'charts/demo-1.0.0.tgz': fc.constant(packedChart('demo')),
          'charts/other-2.0.0.tgz': fc.constant(packedChart('other', '2.0.0')),
          'manifests/a.yaml': fc.constantFrom('', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n', ': x'),
          'manifests/b.yml': fc.constant('kind: x\n'),
          'values.yaml': fc.constantFrom('', 'pack:\n  content:\n    images:\n    - image: nginx\n', 'charts: 1\n'),
          'logo.png': fc.constantFrom('', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        },
        { requiredKeys: [] },
      ),
    });
    const extra = fc.record({
      junk: fc.subarray(['.DS_Store', 'charts/x.orig']),
      executable: fc.subarray(['values.yaml', 'README.md']),
    });
    await fc.assert(
      fc.asyncProperty(broken, extra, fc.boolean(), async (options, more, unsafe) => {
        const draft = draftOf(options, more);
        const { changes } = await fixPack(draft, { ...ALL, unsafe });
        const after = applied(draft, changes);
        const left = (await lint(await loadLintPack(after.files, [], after.junk))).filter(
          (finding) => fixOf(finding) === 'safe' || (unsafe && fixOf(finding) === 'unsafe'),
        );
        expect(left).toEqual([]);
        expect((await fixPack(after, { ...ALL, unsafe })).changes).toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);
