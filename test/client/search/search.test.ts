import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { search, type SearchResult } from '../../../src/client/search/search.ts';
import type { SearchDocument, SearchPack } from '../../../src/model/documents.ts';

type Facts = Partial<Omit<SearchPack, 'name'>>;

function pack(name: string, facts: Facts = {}): SearchPack {
  return {
    name,
    displayName: name,
    layer: 'addon',
    cloudTypes: ['all'],
    latest: '1.0.0',
    versions: ['1.0.0'],
    logo: {},
    ...facts,
  };
}

function documentOf(...packs: readonly SearchPack[]): SearchDocument {
  return { format: 'packyard-search/1', packs };
}

function namesOf({ hits }: SearchResult): string[] {
  return hits.map((hit) => hit.pack.name);
}

const other = { displayName: 'Zzz', description: 'nothing of that kind' };

describe('the order of hits', () => {
  test('names before display names before descriptions, however well they fit', () => {
    const document = documentOf(
      pack('c', { ...other, description: 'ingress' }),
      pack('b', { ...other, displayName: 'Ingress' }),
      pack('a-ingresses', other),
    );
    expect(namesOf(search(document, 'ingress'))).toEqual(['a-ingresses', 'b', 'c']);
  });

  test('the whole of a name, its beginning, a word of it, a part of a word, typos', () => {
    const document = documentOf(
      pack('ingres', other),
      pack('myingress', other),
      pack('a-ingress', other),
      pack('ingress-z', other),
      pack('ingress', other),
    );
    const result = search(document, 'ingress');
    expect(result.hits.map(({ pack: { name }, kind }) => `${name} ${kind}`)).toEqual([
      'ingress exact',
      'ingress-z prefix',
      'a-ingress word',
      'myingress substring',
      'ingres typo',
    ]);
  });

  test('what was mistyped comes after all that was not, and with fewer typos first', () => {
    const document = documentOf(
      pack('kubernetse', other),
      pack('kuberntse', other),
      pack('x', { ...other, description: 'for kubernetes' }),
    );
    expect(namesOf(search(document, 'kubernetes'))).toEqual(['x', 'kubernetse', 'kuberntse']);
  });

  test('words that stand together come before the same words apart', () => {
    const document = documentOf(pack('argo-for-cd', other), pack('z-argo-cd', other));
    expect(namesOf(search(document, 'argo cd'))).toEqual(['z-argo-cd', 'argo-for-cd']);
  });

  test('of equal hits, what is in use first, then the shorter name, then by name', () => {
    const document = documentOf(
      pack('nginx-a', { ...other, states: { '1.0.0': 'yanked' } }),
      pack('nginx-bbb', other),
      pack('nginx-c', other),
      pack('nginx-b', other),
    );
    expect(namesOf(search(document, 'nginx'))).toEqual(['nginx-b', 'nginx-c', 'nginx-bbb', 'nginx-a']);
  });
});

describe('what is found', () => {
  const document = documentOf(
    pack('argo-cd', { displayName: 'Argo CD' }),
    pack('prometheus-operator', { displayName: 'Prometheus', description: 'Überwachung für Cluster' }),
    pack('kafka', { displayName: '日本語の名前' }),
  );

  test.each([
    ['argocd', 'argo-cd'],
    ['ARGO_CD', 'argo-cd'],
    ['cd argo', 'argo-cd'],
    ['promehteus', 'prometheus-operator'],
    ['prometeus', 'prometheus-operator'],
    ['uberwachung', 'prometheus-operator'],
    ['operator prometheus cluster', 'prometheus-operator'],
    ['kafak', 'kafka'],
    ['本語', 'kafka'],
  ])('%s finds %s', (text, name) => {
    expect(namesOf(search(document, text))).toEqual([name]);
  });

  test.each(['argo nginx', 'gocd', 'kfk', 'kaf ka x', '!!!', 'ocd', '\u0000', '\ud800'])('%j finds nothing', (text) => {
    expect(search(document, text)).toMatchObject({ hits: [], total: 0 });
  });

  test('blank text finds all packs, by name', () => {
    expect(namesOf(search(document, '  '))).toEqual(['argo-cd', 'kafka', 'prometheus-operator']);
  });

  test('the parts that were found, in the text as it is written', () => {
    const [hit] = search(document, 'uberwachung cluster').hits;
    const text = hit?.pack.description ?? '';
    expect(hit?.found.map(({ field, start, end }) => `${field}: ${text.slice(start, end)}`)).toEqual([
      'description: Überwachung',
      'description: Cluster',
    ]);
  });

  test('names that are near, where nothing fits', () => {
    expect(search(document, 'prmtheuz').nearest).toEqual(['prometheus-operator']);
    expect(search(document, 'wordpress').nearest).toEqual([]);
  });
});

describe('the filter', () => {
  const document = documentOf(
    pack('a', { layer: 'cni', cloudTypes: ['aws', 'azure'] }),
    pack('b', { layer: 'addon', addonType: 'app-services' }),
    pack('c', { layer: 'addon', cloudTypes: ['vsphere'], addonType: 'ingress' }),
  );

  test.each([
    [{ layer: 'cni' }, ['a']],
    [{ cloud: 'AWS' }, ['a', 'b']],
    [{ cloud: 'maas' }, ['b']],
    [{ type: 'app services' }, ['b']],
    [{ layer: 'addon', type: 'ingress', cloud: 'vsphere' }, ['c']],
    [{ type: 'storage' }, []],
  ] as const)('%j', (filter, names) => {
    const result = search(document, '', filter);
    expect(namesOf(result)).toEqual(names);
    expect(result.filteredOut).toBe(3 - names.length);
  });

  test('a limit cuts off the hits, not their number', () => {
    const result = search(document, '', { limit: 2 });
    expect([namesOf(result), result.total]).toEqual([['a', 'b'], 3]);
    expect(search(document, '', { limit: 0 }).hits).toEqual([]);
  });
});

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
const shortText = fc.string({ unit: fc.constantFrom('a', 'b', '-', ' ', 'ü', 'İ', 'ß', '日'), maxLength: 12 });
const anyPack = fc
  .record({ name: fc.oneof(shortText, anyText), displayName: shortText, description: fc.oneof(shortText, anyText) })
  .map(({ name, ...facts }) => pack(name, facts));
const anyPacks = fc.uniqueArray(anyPack, { selector: ({ name }) => name, maxLength: 12 });

describe('laws', () => {
  test('the order of hits does not depend on that of the packs', () => {
    fc.assert(
      fc.property(anyPacks, shortText, (packs, text) => {
        const found = namesOf(search(documentOf(...packs), text));
        expect(namesOf(search(documentOf(...packs.toReversed()), text))).toEqual(found);
      }),
    );
  });

  test('whatever is asked of whatever packs, what was found is a part of the text', () => {
    fc.assert(
      fc.property(anyPacks, fc.oneof(anyText, shortText), (packs, text) => {
        for (const hit of search(documentOf(...packs), text).hits) {
          for (const { field, start, end } of hit.found) {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(hit.pack[field]?.length ?? 0);
          }
        }
      }),
    );
  });

  test('another pack changes nothing in the order of those that were there', () => {
    fc.assert(
      fc.property(anyPacks, shortText, (packs, text) => {
        const [last, ...others] = packs.toReversed();
        const found = namesOf(search(documentOf(...packs), text)).filter((name) => name !== last?.name);
        expect(namesOf(search(documentOf(...others), text))).toEqual(found);
      }),
    );
  });

  test('a name that is typed as it is comes first', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/u), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(names, fc.nat(), (all, at) => {
        const name = all[at % all.length] ?? '';
        expect(namesOf(search(documentOf(...all.map((each) => pack(each, other))), name))[0]).toBe(name);
      }),
    );
  });

  test('a name is found in spite of one slip', () => {
    const slips = fc.constantFrom<(word: string, at: number) => string>(
      (word, at) => word.slice(0, at) + word.slice(at + 1),
      (word, at) => `${word.slice(0, at)}q${word.slice(at)}`,
      (word, at) => `${word.slice(0, at)}q${word.slice(at + 1)}`,
      (word, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-p]{5,12}$/u), slips, fc.nat(), (name, slip, at) => {
        expect(namesOf(search(documentOf(pack(name, other)), slip(name, at % name.length)))).toEqual([name]);
      }),
    );
  });
});
