import { describe, expect, test } from 'vitest';

import type { VerifyFinding } from '../../../src/client/verify/verify-finding.ts';
import { verifyRegistry, type VerifyRegistryOptions } from '../../../src/client/verify/verify-registry.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { brief } from './brief-findings.ts';
import {
  builtRegistry,
  editIndex,
  editPack,
  editShared,
  flipped,
  indexIn,
  packIn,
  written,
  type RegistryTree,
} from './built-registry.ts';

const ARTIFACT = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';

async function findingsOf(files: RegistryTree, options: VerifyRegistryOptions = {}): Promise<readonly VerifyFinding[]> {
  return (await verifyRegistry(await written(files), { cache: false, ...options })).findings;
}

test('a sound registry gives no finding', async () => {
  const files = await builtRegistry();
  const folder = await written(files);
  const { findings, ...rest } = await verifyRegistry(folder, { cache: false });
  expect(findings).toEqual([]);
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  expect(rest).toEqual({
    kind: 'registry',
    location: folder,
    ok: true,
    indexSha256: sha256Of(files.get('index.json') ?? Buffer.alloc(0)),
    files: files.size,
    bytes,
    packs: 2,
    releases: 4,
    resumed: 0,
  });
});

type Damage = (files: RegistryTree) => void;

const set =
  (path: string, change: (bytes: Buffer) => Buffer): Damage =>
  (files) =>
    void files.set(path, change(files.get(path) ?? Buffer.alloc(0)));
const linkOf = (files: RegistryTree, name: string): string => indexIn(files).packs[name]?.document.path ?? '';
const logoOf = (files: RegistryTree): string => Object.values(packIn(files, 'beta').releases[0]?.logo ?? {})[0] ?? '';
const TWIN = 'packs/<name>/<sha256>.json';

const DAMAGES: Readonly<Record<string, readonly [Damage, readonly string[]]>> = {
  'a bit of an archive': [set(ARTIFACT, (bytes) => flipped(bytes)), [`hash ${ARTIFACT}`]],
  'an archive that is cut off': [set(ARTIFACT, (bytes) => bytes.subarray(0, -5)), [`size ${ARTIFACT}`]],
  'an archive with more at its end': [set(ARTIFACT, (bytes) => Buffer.concat([bytes, bytes])), [`size ${ARTIFACT}`]],
  'an archive that is empty': [set(ARTIFACT, () => Buffer.alloc(0)), [`size ${ARTIFACT}`]],
  'an archive that is not there': [(files) => files.delete(ARTIFACT), [`missing ${ARTIFACT}`]],
  'two archives in the place of each other': [
    (files) => {
      const other = 'packs/alpha/1.0.0/alpha-1.0.0.tar.gz';
      const [a, b] = [files.get(ARTIFACT), files.get(other)];
      files.set(ARTIFACT, b ?? Buffer.alloc(0)).set(other, a ?? Buffer.alloc(0));
    },
    ['size packs/alpha/1.0.0/alpha-1.0.0.tar.gz', `size ${ARTIFACT}`],
  ],
  'a bit of a copy': [
    set('packs/beta/1.0.0/values.yaml', (bytes) => flipped(bytes)),
    ['hash packs/beta/1.0.0/values.yaml'],
  ],
  'a copy that is not there': [
    (files) => files.delete('packs/beta/1.0.0/pack.json'),
    ['missing packs/beta/1.0.0/pack.json'],
  ],
  'a bit of a logo': [(files) => set(logoOf(files), (bytes) => flipped(bytes))(files), ['hash logos/<sha256>-48.png']],
  'a logo that is not there': [(files) => files.delete(logoOf(files)), ['missing logos/<sha256>-48.png']],
  'a bit of a document': [
    (files) => set(linkOf(files, 'beta'), (bytes) => flipped(bytes))(files),
    [`hash ${TWIN.replace('<name>', 'beta')}`],
  ],
  'a document that is not there': [
    (files) => files.delete(linkOf(files, 'beta')),
    [`missing ${TWIN.replace('<name>', 'beta')}`],
  ],
  'a bit of a stable copy': [
    set('packs/beta/index.json', (bytes) => flipped(bytes)),
    ['stale-copy packs/beta/index.json'],
  ],
  'a stable copy that is not there': [
    (files) => files.delete('packs/beta/index.json'),
    ['missing packs/beta/index.json'],
  ],
  'a stable copy of another pack': [
    (files) => files.set('packs/beta/index.json', files.get('packs/alpha/index.json') ?? Buffer.alloc(0)),
    ['stale-copy packs/beta/index.json'],
  ],
  'a document and its copy that are both gone': [
    (files) => {
      files.delete(linkOf(files, 'beta'));
      files.delete('packs/beta/index.json');
    },
    [`missing ${TWIN.replace('<name>', 'beta')}`, 'missing packs/beta/index.json'],
  ],
  'a bit of what is searched': [
    (files) => set(indexIn(files).search.path, (bytes) => flipped(bytes))(files),
    ['hash search/<sha256>.json'],
  ],
  'a stale search.json': [set('search.json', () => Buffer.from('{}\n')), ['stale-copy search.json']],
  'sources that are not there': [
    (files) => files.delete(indexIn(files).sources.path),
    ['missing sources/<sha256>.json'],
  ],
  'an index that is no JSON': [set('index.json', (bytes) => bytes.subarray(0, -20)), ['document index.json']],
  'an index with a pack too few': [
    (files) => editIndex(files, ({ packs }) => delete packs.beta),
    [
      'orphan logos/<sha256>-128.png',
      'orphan logos/<sha256>-128.webp',
      'orphan logos/<sha256>-256.png',
      'orphan logos/<sha256>-256.webp',
      'orphan logos/<sha256>-48.png',
      'orphan logos/<sha256>-48.webp',
      'orphan packs/beta',
      'disagreement search/<sha256>.json packs["beta"]',
      'disagreement sources/<sha256>.json packs["beta"]',
    ],
  ],
  'a wrong latest in the index': [
    (files) => editIndex(files, ({ packs }) => (packs.alpha.latest = '1.1.0')),
    ['disagreement index.json packs["alpha"].latest'],
  ],
  'a wrong layer in the index': [
    (files) => editIndex(files, ({ packs }) => (packs.alpha.layer = 'os')),
    ['disagreement index.json packs["alpha"].layer'],
  ],
  'a wrong version and state in what is searched': [
    (files) =>
      editShared(files, 'search', ({ packs }) => {
        packs[0].versions = ['1.0.0'];
        delete packs[0].states;
      }),
    [
      'disagreement search/<sha256>.json packs["alpha"].states',
      'disagreement search/<sha256>.json packs["alpha"].versions',
    ],
  ],
  'a pack too few and one twice in what is searched': [
    (files) =>
      editShared(files, 'search', (document) => (document['packs'] = [document['packs'][0], document['packs'][0]])),
    ['disagreement search/<sha256>.json packs["alpha"]', 'disagreement search/<sha256>.json packs["beta"]'],
  ],
  'another tree in the sources': [
    (files) => editShared(files, 'sources', ({ packs }) => (packs.beta.releases[0].tree = 'f'.repeat(40))),
    ['disagreement sources/<sha256>.json packs["beta"].releases[0].tree'],
  ],
  'a release too few in the sources': [
    (files) => editShared(files, 'sources', ({ packs }) => packs.alpha.releases.pop()),
    ['disagreement sources/<sha256>.json packs["alpha"].releases'],
  ],
  'wrong tags': [
    (files) =>
      editPack(
        files,
        'alpha',
        (document) => (document['tags'] = { ...document['tags'], '1.x': '1.1.0', old: '1.0.0' }),
      ),
    ['tags packs/alpha/<sha256>.json tags["1.x"]', 'tags packs/alpha/<sha256>.json tags["old"]'],
  ],
  'releases in another order': [
    (files) => editPack(files, 'alpha', (document) => (document['releases'] = document['releases'].toReversed())),
    [
      'order packs/alpha/<sha256>.json releases[1].version',
      'disagreement search/<sha256>.json packs["alpha"].versions',
      'disagreement sources/<sha256>.json packs["alpha"].releases',
    ],
  ],
  'a wrong size': [
    (files) => editPack(files, 'beta', ({ releases }) => (releases[0].artifact.size += 1)),
    [`size ${ARTIFACT}`],
  ],
  'a wrong hash of the content': [
    (files) => editPack(files, 'beta', ({ releases }) => (releases[0].artifact.contentSha256 = 'c'.repeat(64))),
    [`content ${ARTIFACT}`],
  ],
  'a manifest that is not in the archive': [
    (files) => editPack(files, 'beta', ({ releases }) => (releases[0].manifests = ['manifests/a.yaml'])),
    [`archive-file ${ARTIFACT} manifests/a.yaml`],
  ],
  'a copy that is not in the archive': [
    (files) =>
      editPack(files, 'beta', ({ releases }) => {
        const [release] = releases;
        const bytes = Buffer.from('other: true\n');
        files.set('packs/beta/1.0.0/values.yaml', bytes);
        Object.assign(release.files['values.yaml'], { sha256: sha256Of(bytes), size: bytes.length });
      }),
    [`archive-file ${ARTIFACT} values.yaml`],
  ],
  'a pack.json of another version': [
    (files) =>
      editPack(files, 'beta', ({ releases }) => {
        const [release] = releases;
        const bytes = Buffer.from('{"name":"beta","version":"1.0.1"}\n');
        files.set('packs/beta/1.0.0/pack.json', bytes);
        Object.assign(release.files['pack.json'], { sha256: sha256Of(bytes), size: bytes.length });
      }),
    [`archive-file ${ARTIFACT} pack.json`, 'identity packs/beta/1.0.0/pack.json version'],
  ],
  'an archive that is none': [
    (files) =>
      editPack(files, 'beta', ({ releases }) => {
        const bytes = Buffer.from('no archive');
        files.set(ARTIFACT, bytes);
        Object.assign(releases[0].artifact, { sha256: sha256Of(bytes), size: bytes.length });
      }),
    [`archive ${ARTIFACT}`],
  ],
  'a logo that is none': [
    (files) =>
      editPack(files, 'beta', ({ releases }) => {
        const bytes = Buffer.from('no logo');
        const path = `logos/${sha256Of(bytes)}-48.png`;
        files.delete(releases[0].logo['48']);
        files.set(path, bytes);
        releases[0].logo['48'] = path;
      }),
    ['logo logos/<sha256>-48.png', 'disagreement search/<sha256>.json packs["beta"].logo'],
  ],
  'a document of a wrong shape': [
    (files) => editPack(files, 'beta', (document) => (document['releases'] = 'none')),
    ['document packs/beta/<sha256>.json'],
  ],
  'a tag of a version that is not there': [
    (files) => editPack(files, 'beta', (document) => (document['tags'].latest = '9.9.9')),
    ['document packs/beta/<sha256>.json'],
  ],
  'a document of another pack': [
    (files) => editPack(files, 'beta', (document) => (document['name'] = 'alpha')),
    ['document packs/beta/<sha256>.json'],
  ],
  'files that nothing leads to': [
    (files) => {
      files.set('packs/beta/0.9.0/old.tar.gz', Buffer.from('old'));
      files.set('packs/beta/1.0.0/extra.txt', Buffer.from('extra'));
      files.set('packs/gone/1.0.0/gone.tar.gz', Buffer.from('gone'));
      files.set('packs/gone/index.json', Buffer.from('{}'));
      files.set('logos/old.png', Buffer.from('old'));
      files.set('search/old.json', Buffer.from('old'));
      files.set('sources/old.json', Buffer.from('old'));
      files.set('CNAME', Buffer.from('packs.example.com'));
    },
    [
      'orphan logos/old.png',
      'orphan packs/beta/0.9.0',
      'orphan packs/beta/1.0.0/extra.txt',
      'orphan packs/gone',
      'orphan search/old.json',
      'orphan sources/old.json',
    ],
  ],
  'another schema': [set('schemas/pack.schema.json', () => Buffer.from('{}')), ['schema schemas/pack.schema.json']],
  'a schema that is no JSON': [
    set('schemas/pack.schema.json', () => Buffer.from('{')),
    ['document schemas/pack.schema.json'],
  ],
};

describe('it says what is wrong where:', () => {
  test.each(Object.entries(DAMAGES))('%s', async (_name, [damage, expected]) => {
    const files = await builtRegistry();
    damage(files);
    const findings = await findingsOf(files);
    expect(brief(findings).toSorted()).toEqual(expected.toSorted());
    const again = await findingsOf(files, { width: 1 });
    expect(again).toEqual(findings);
  });
});
