import { describe, expect, test } from 'vitest';

import type { SchemaName } from '../../src/check/schema-files.ts';
import { schemaValidator } from '../../src/check/schema-validator.ts';

const PACK = { name: 'demo', version: '1.0.0', displayName: 'Demo', layer: 'addon' };

/** Each problem as its path and what is expected there. */
async function problems(name: SchemaName, value: unknown): Promise<string[]> {
  const found = [...(await schemaValidator(name)).problems(value)];
  return found.map(({ path, expected }) => `/${path.join('/')} ${expected}`);
}

const NAME = 'must be lower-case letters and digits, with -, _ or . between them, and no name that Windows reserves';

describe('what is expected', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ['nothing', {}, []],
    ['a key', { name: undefined, version: undefined }, ['/ needs the key "name"', '/ needs the key "version"']],
    ['a string', { displayName: 1 }, ['/displayName must be a string, not a number']],
    ['a list', { charts: 'a.tgz' }, ['/charts must be a list, not a string']],
    ['an object', { annotations: [] }, ['/annotations must be an object, not a list']],
    ['a string, not null', { addonType: null }, ['/addonType must be a string, not null']],
    ['a string, not an object', { charts: ['a', {}] }, ['/charts/1 must be a string, not an object']],
    [
      'one of two types',
      { constraints: { resources: [{ type: 'cpu', minLimit: true }] } },
      ['/constraints/resources/0/minLimit must be a number or a string, not a boolean'],
    ],
    [
      'a known word, with the nearest',
      { layer: 'k8' },
      ['/layer must be kernel, os, k8s, cni, csi or addon, not "k8" (did you mean "k8s"?)'],
    ],
    [
      'a known word, where none is near',
      { layer: 'storage' },
      ['/layer must be kernel, os, k8s, cni, csi or addon, not "storage"'],
    ],
    ['a known word, not a number', { layer: 5 }, ['/layer must be kernel, os, k8s, cni, csi or addon, not 5']],
    ['the words of the schema', { name: 'Demo' }, [`/name ${NAME}`]],
    ['more characters', { name: '' }, ['/name must NOT have fewer than 1 characters', `/name ${NAME}`]],
    ['fewer characters', { group: 'x'.repeat(1001) }, ['/group must NOT have more than 1000 characters']],
    ['fewer items', { cloudTypes: Array(101).fill('all') }, ['/cloudTypes must NOT have more than 100 items']],
    [
      'everything at once',
      { layer: 'os', version: 'latest', charts: {} },
      [
        '/version must be a version such as 1.2.3: it starts with a digit (a leading v is read too) and holds letters, digits, dots, +, - and _ only',
        '/charts must be a list, not an object',
      ],
    ],
  ])('%s', async (_name, change, expected) => {
    const value = JSON.parse(JSON.stringify({ ...PACK, ...change })) as unknown;
    expect(await problems('pack', value)).toEqual(expected);
  });

  test.each<[unknown, readonly string[]]>([
    [{ logos: { sizes: ['48'] } }, ['/logos/sizes/0 must be a whole number, not a string']],
    [
      { logos: { sizes: [15, 48.5] } },
      ['/logos/sizes/0 must be >= 16', '/logos/sizes/1 must be a whole number, not a number'],
    ],
    [{ logos: { size: [48] } }, ['/logos/size is not a known key']],
    [{ packs: [] }, ['/packs must NOT have fewer than 1 items']],
    [
      { packs: ['../x'] },
      [
        '/packs/0 must be a glob below the root of the repository, with /; with at most five * and two {a,b}, and no (…) or {1..9}',
      ],
    ],
    [{ homepage: 'https://user:secret@host' }, ['/homepage must be an http(s) address without a user or password']],
    [{ history: 'al' }, ['/history must be head or all, not "al" (did you mean "all"?)']],
    [{ onRemove: 'delete' }, ['/onRemove must be keep or drop, not "delete"']],
    [{ limits: { site: '1 GB' } }, []],
    [{ limits: { site: 0 } }, ['/limits/site must be >= 1']],
    [{ limits: { site: 1.5 } }, ['/limits/site must be a whole number or a string, not a number']],
    ...['1 gigabyte', '0 GB', '', '__proto__'].map((site): [unknown, string[]] => [
      { limits: { site } },
      ['/limits/site must be a whole number of bytes, or a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB'],
    ]),
    [{ limits: { sites: 1 } }, ['/limits/sites is not a known key']],
    [[], ['/ must be an object, not a list']],
  ])('of registry.yaml: %j', async (value, expected) => {
    expect(await problems('registry', value)).toEqual(expected);
  });

  test('of the format of a document', async () => {
    expect(await problems('search', { format: 'packyard-search/2', packs: [] })).toEqual([
      '/format must be equal to constant',
    ]);
  });
});

test('a path has numbers for items and keys as they are written', async () => {
  const validator = await schemaValidator('pack');
  const [problem] = validator.problems({ ...PACK, annotations: { '0': 1 } });
  expect(problem?.path).toEqual(['annotations', '0']);
  const [item] = validator.problems({ ...PACK, charts: [1] });
  expect(item?.path).toEqual(['charts', 0]);
  const [strange] = validator.problems({ ...PACK, annotations: { 'a/b~c%20~1': 1 } });
  expect(strange?.path).toEqual(['annotations', 'a/b~c%20~1']);
});

describe('unknown keys', () => {
  test.each<[SchemaName, object, readonly object[]]>([
    ['pack', PACK, []],
    ['pack', { ...PACK, dispayName: '' }, [{ path: ['dispayName'], key: 'dispayName', suggestion: 'displayName' }]],
    ['pack', { ...PACK, Charts: [] }, [{ path: ['Charts'], key: 'Charts', suggestion: 'charts' }]],
    [
      'pack',
      { kubeVersion: '', toString: '' },
      [
        { path: ['kubeVersion'], key: 'kubeVersion' },
        { path: ['toString'], key: 'toString' },
      ],
    ],
    [
      'registry',
      { pack: [], logo: {} },
      [
        { path: ['pack'], key: 'pack', suggestion: 'packs' },
        { path: ['logo'], key: 'logo', suggestion: 'logos' },
      ],
    ],
  ])('%s %j', async (name, value, expected) => {
    expect([...(await schemaValidator(name)).unknownKeys(value)]).toEqual(expected);
  });

  test('are no problems', async () => {
    expect(await problems('pack', { ...PACK, readme: 'x' })).toEqual([]);
  });
});

test('a schema is compiled once', () => {
  expect(schemaValidator('pack')).toBe(schemaValidator('pack'));
});

test.each([
  ['packs/{a,b}{c,d}{e,f}/*', 'three groups multiply'],
  ['packs/{1..100000000}', 'a range counts on'],
  ['packs/+(a|aa)+(a|aa)b', 'an extended pattern backtracks'],
  ['*a*a*a*a*a*b', 'many stars backtrack'],
  ['.', 'the root itself is no pack'],
])('a glob that takes for ever is refused: %s, because %s', async (glob) => {
  expect(await problems('registry', { packs: [glob] })).toHaveLength(1);
});
