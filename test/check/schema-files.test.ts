import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { readSchema, SCHEMA_NAMES, type SchemaName } from '../../src/check/schema-files.ts';
import { schemaValidator } from '../../src/check/schema-validator.ts';
import { LAYERS } from '../../src/model/layer.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHA = 'a'.repeat(64);
const OID = 'b'.repeat(40);
const AT = '2026-07-01T16:53:28Z';

const link = { path: 'x/y.json', sha256: SHA };
const file = { ...link, size: 1 };

const release = {
  version: '1.0.0',
  layer: 'addon',
  displayName: 'Demo',
  cloudTypes: ['all'],
  publishedAt: AT,
  artifact: { ...file, contentSha256: SHA },
  source: { directory: 'packs/demo', tree: OID, commit: SHA },
  recipe: 1,
  logo: { '48': 'logos/a-48.png' },
  logoWebp: {},
  files: { 'pack.json': file },
  annotations: {},
  images: [],
  charts: [{ path: 'charts/a.tgz', name: 'a' }],
  manifests: [],
  ansibleRoles: [],
  dependencies: [{ packName: 'k', layer: 'k8s', type: 'required' }],
  resources: [{ type: 'cpu' }],
};

/** A document that fits, by schema. */
const GOOD: Readonly<Record<SchemaName, Readonly<Record<string, unknown>>>> = {
  index: {
    format: 'packyard-index/1',
    registry: { name: 'demo', title: 'Demo' },
    source: { commit: OID, committedAt: AT },
    serial: 0,
    search: link,
    packs: { demo: { layer: 'addon', displayName: 'Demo', latest: '1.0.0', document: link } },
    later: 'fields that are not known are ignored',
  },
  pack: { name: 'demo', version: '1.0.0', displayName: 'Demo', layer: 'addon' },
  'pack-document': { format: 'packyard-pack/1', name: 'demo', tags: { latest: '1.0.0' }, releases: [release] },
  registry: {},
  search: {
    format: 'packyard-search/1',
    packs: [
      {
        name: 'demo',
        displayName: 'Demo',
        layer: 'addon',
        cloudTypes: [],
        latest: '1.0.0',
        versions: ['1.0.0'],
        logo: {},
      },
    ],
  },
  sources: {
    format: 'packyard-sources/1',
    packs: { demo: { releases: [{ version: '1.0.0', directory: 'packs/demo', tree: OID, commit: SHA, recipe: 1 }] } },
  },
  status: { releases: [{ versions: '1.2.x', state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01' }] },
  values: { pack: { namespace: 'demo' }, charts: { demo: { replicas: 1 } }, manifests: {}, kubeadmconfig: {} },
  'values-pack': {
    namespace: 'demo',
    namespaceLabels: { demo: 'a=b,c=d' },
    content: {
      images: [{ image: 'docker.io/library/nginx:1.27.0' }],
      charts: [{ repo: 'https://x', name: 'a', version: '1' }],
    },
    releaseNameOverride: { a: 'b' },
    'spectrocloud.com/install-priority': '10',
  },
};

test('the names are those of the files, in order, but for those of files that no registry has to do with', async () => {
  const files = (await readdir(join(ROOT, 'schemas'))).filter((name) => name.endsWith('.json'));
  const names = files
    .map((name) => name.replace(/\.schema\.json$/u, ''))
    .filter((name) => !name.startsWith('packyard-'));
  expect(SCHEMA_NAMES).toEqual(names.toSorted());
});

describe.each(SCHEMA_NAMES)('%s', (name) => {
  test('is a strict schema of draft 2020-12 with an identity of its own', async () => {
    const schema = JSON.parse((await readSchema(name)).toString()) as { $id: string; $schema: string; title: string };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$id).toBe(`urn:packyard:schema:${name}:1`);
    expect(schema.title).not.toBe('');
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateSchema: true });
    ajv.addVocabulary(['x-expected']);
    expect(ajv.compile(schema)(GOOD[name])).toBe(true);
  });

  test('accepts what fits', async () => {
    expect((await schemaValidator(name)).problems(GOOD[name])).toEqual([]);
  });

  test('refuses each document that lacks a required key', async () => {
    const { required = [] } = JSON.parse((await readSchema(name)).toString()) as { required?: string[] };
    const validator = await schemaValidator(name);
    for (const key of required) {
      const { [key]: _left, ...rest } = GOOD[name];
      expect(validator.problems(rest)).toEqual([{ path: [], expected: `needs the key "${key}"` }]);
    }
  });

  test.each([null, [], 'text', 1])('refuses %j', async (value) => {
    expect((await schemaValidator(name)).problems(value)).toHaveLength(1);
  });
});

test.each<[SchemaName, object]>([
  ['index', { format: 'packyard-index/2' }],
  ['index', { serial: -1 }],
  ['index', { serial: 1.5 }],
  ['index', { source: { commit: 'main', committedAt: AT } }],
  ['index', { source: { commit: OID, committedAt: '2026-07-01' } }],
  ['index', { source: { commit: OID, committedAt: AT, dirty: false } }],
  ['index', { search: { path: '../x', sha256: SHA } }],
  ['index', { search: { path: '/x', sha256: SHA } }],
  ['index', { search: { path: 'x', sha256: 'A'.repeat(64) } }],
  ['index', { packs: { demo: {} } }],
  ['pack-document', { releases: [] }],
  ['pack-document', { releases: [{ ...release, artifact: { ...file, contentSha256: SHA, size: 0 } }] }],
  ['pack-document', { releases: [{ ...release, logo: { '48': '/etc/passwd' } }] }],
  ['pack-document', { releases: [{ ...release, source: { directory: 'x', tree: OID.slice(1) } }] }],
  ['pack-document', { tags: { latest: 1 } }],
  ['search', { packs: [{ ...(GOOD.search['packs'] as object[])[0], versions: [] }] }],
  ['pack', { name: 'nul' }],
  ['pack', { name: 'con.tainer' }],
  ['pack', { name: 'a/b' }],
  ['pack', { name: '-a' }],
  ['pack', { name: 'a'.repeat(101) }],
  ['pack', { version: '1.0/2' }],
  ['pack', { version: '1.' }],
  ['pack', { displayName: ' \t' }],
  ['pack', { constraints: { dependencies: [{ packName: 'a', layer: 'os', type: 'maybe' }] } }],
  ['pack', { constraints: { resources: [{ type: 'cpu', minLimit: '1.5' }] } }],
  ['pack', { constraints: { resources: [{ type: 'cpu', minLimit: -1 }] } }],
  ['status', { releases: [{ versions: '1.2.x', state: 'yanked', at: '2026-05-01' }] }],
  ['status', { releases: [{ versions: '1.2.x', state: 'yanked', reason: ' ', at: '2026-05-01' }] }],
  ['status', { releases: [{ versions: '1.2.x', state: 'yanked', reason: 'x' }] }],
  ['status', { releases: [{ versions: '1.2.x', state: 'gone', reason: 'x', at: '2026-05-01' }] }],
  ['status', { releases: [{ versions: 1.2, state: 'active' }] }],
  ['status', { releases: [{ versions: '1.2.x', state: 'active', replacement: '../x@1.0.0' }] }],
  ['status', { releases: null }],
  ['values-pack', { namespace: ['demo'] }],
  ['values-pack', { content: [] }],
  ['values-pack', { content: { images: ['nginx:1.27.0'] } }],
  ['values-pack', { content: { images: [{ image: '' }] } }],
  ['values-pack', { releaseNameOverride: ['a'] }],
  ['registry', { packs: ['/etc/*'] }],
  ['registry', { packs: ['a/../../b'] }],
  ['registry', { packs: ['a\\b'] }],
  ['registry', { repository: 'javascript:alert(1)' }],
  ['registry', { logos: { sizes: [] } }],
])('%s refuses %j', async (name, change) => {
  expect((await schemaValidator(name)).problems({ ...GOOD[name], ...change })).not.toEqual([]);
});

test.each<[SchemaName, object]>([
  ...['1.5', 'v1.8.7', '25.06.0', '2.0.1-up.1', '5.5.2026', '1.0.0+build', '1'].map((version): [SchemaName, object] => [
    'pack',
    { version },
  ]),
  ...LAYERS.map((layer): [SchemaName, object] => ['pack', { layer }]),
  ['pack', { name: 'a' }],
  ['pack', { name: 'container-1.x_y' }],
  ['pack', { commit_msg: 'keys that are not known only warn', group: '', eol: '' }],
  ['pack', { constraints: { resources: [{ type: 'cpu', minLimit: '' }] } }],
  [
    'pack',
    {
      constraints: {
        resources: [
          { type: 'memory', minLimit: 1024.5 },
          { type: 'cpu', minLimit: '1000' },
        ],
      },
    },
  ],
  ['registry', { packs: ['packs/*', '**', 'a/..b/*'], logos: { sizes: [16, 1024] } }],
  ['registry', { homepage: 'http://localhost:8080/x' }],
  ['status', { releases: [] }],
  ['status', { releases: [{ versions: '*', state: 'active' }] }],
  ['status', { releases: [{ versions: '*', state: 'active', replacement: 'other@v1.0.0', later: 1 }] }],
  ['index', { packs: {} }],
  ['values-pack', { content: null }],
  ['values-pack', { content: { images: null, charts: [{ version: 1.5 }] } }],
  ['values-pack', { k8sHardening: true, podCIDR: '192.168.0.0/16', palette: { config: {} } }],
  ['values-pack', { iamge: 'keys that are not known only warn' }],
])('%s accepts %j', async (name, change) => {
  expect((await schemaValidator(name)).problems({ ...GOOD[name], ...change })).toEqual([]);
});

test('every example pack is accepted, with no key that is not known', async () => {
  const validator = await schemaValidator('pack');
  const entries = await readdir(join(ROOT, 'packs'), { recursive: true });
  const manifests = entries.filter((path) => path.endsWith('/pack.json'));
  expect(manifests).not.toEqual([]);
  for (const path of manifests) {
    const manifest = JSON.parse(await readFile(join(ROOT, 'packs', path), 'utf8')) as object;
    expect({ path, problems: validator.problems(manifest), unknown: [...validator.unknownKeys(manifest)] }).toEqual({
      path,
      problems: [],
      unknown: [],
    });
  }
});

test('values.yaml holds the section that has a schema of its own', async () => {
  const whole = JSON.parse((await readSchema('values')).toString()) as { $defs: Record<string, unknown> };
  const section = JSON.parse((await readSchema('values-pack')).toString()) as Record<string, unknown>;
  const { $schema, $id, title, $defs = {}, ...pack } = section;
  expect([typeof $schema, typeof $id, typeof title]).toEqual(['string', 'string', 'string']);
  expect(whole.$defs).toEqual({ pack, ...($defs as object) });
});
