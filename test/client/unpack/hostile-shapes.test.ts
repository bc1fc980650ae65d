import { describe, test } from 'vitest';

import {
  expectRefused,
  fullRegistry,
  pathOf,
  removeAt,
  setAt,
  shownAs,
  type DocumentName,
} from './hostile-registry.ts';

/** What stands at a place: its wrong values, and what the message says instead. */
const WRONG = {
  string: [
    [42, 'must be a string, not a number'],
    [null, 'must be a string, not null'],
    [['x'], 'must be a string, not a list'],
    [{ toString: 'x' }, 'must be a string, not an object'],
  ],
  whole: [
    ['1', 'must be a whole number, not a string'],
    [1.5, 'must be a whole number, not a number'],
    [-1, 'must be >= LEAST'],
    [null, 'must be a whole number, not null'],
    [[1], 'must be a whole number, not a list'],
  ],
  object: [
    [[], 'must be an object, not a list'],
    ['x', 'must be an object, not a string'],
    [null, 'must be an object, not null'],
    [true, 'must be an object, not a boolean'],
  ],
  list: [
    [{}, 'must be a list, not an object'],
    [{ length: 1 }, 'must be a list, not an object'],
    ['x', 'must be a list, not a string'],
    [null, 'must be a list, not null'],
  ],
} as const satisfies Record<string, readonly (readonly [unknown, string])[]>;

type Kind = keyof typeof WRONG;

/** Every place in a document by the kind of value that stands there; `?` behind it where it may be missing. */
const PLACES: Readonly<Record<DocumentName, Readonly<Record<Kind, string>>>> = {
  index: {
    string:
      'registry/name registry/title registry/description? registry/homepage? source/repository? source/commit ' +
      'source/committedAt search/path search/sha256 sources/path sources/sha256 packs/demo/displayName ' +
      'packs/demo/latest packs/demo/updatedAt? packs/demo/document/path packs/demo/document/sha256',
    whole: 'serial',
    object: 'registry source search sources? packs packs/demo? packs/demo/document',
    list: '',
  },
  pack: {
    string:
      'name tags/latest? releases/0/version releases/0/displayName releases/0/addonType? releases/0/group? ' +
      'releases/0/cloudTypes/0? releases/0/publishedAt? releases/0/artifact/path releases/0/artifact/sha256 ' +
      'releases/0/artifact/contentSha256 releases/0/source/directory releases/0/source/tree releases/0/source/commit? ' +
      'releases/0/source/removedIn? releases/0/status/reason releases/0/status/at? releases/0/status/replacement? ' +
      'releases/0/supersedes/0/contentSha256 releases/0/supersedes/0/message releases/0/supersedes/0/commit ' +
      'releases/0/logo/48? releases/0/logoWebp/48? releases/0/files/pack.json/path releases/0/files/pack.json/sha256 ' +
      'releases/0/annotations/source? releases/0/images/0? releases/0/charts/0/path releases/0/charts/0/name? ' +
      'releases/0/charts/0/version? releases/0/charts/0/appVersion? releases/0/manifests/0? releases/0/ansibleRoles/0? ' +
      'releases/0/dependencies/0/packName releases/0/dependencies/0/layer releases/0/dependencies/0/type ' +
      'releases/0/dependencies/0/minVersion? releases/0/dependencies/0/maxVersion? releases/0/resources/0/type',
    whole: 'releases/0/artifact/size releases/0/recipe releases/0/files/pack.json/size',
    object:
      'tags releases/0? releases/0/artifact releases/0/source releases/0/status? releases/0/supersedes/0? releases/0/logo ' +
      'releases/0/logoWebp releases/0/files releases/0/files/pack.json? releases/0/annotations releases/0/charts/0? ' +
      'releases/0/dependencies/0? releases/0/resources/0?',
    list:
      'releases releases/0/cloudTypes releases/0/supersedes? releases/0/images releases/0/charts releases/0/manifests ' +
      'releases/0/ansibleRoles releases/0/dependencies releases/0/resources',
  },
  search: {
    string:
      'packs/0/name packs/0/displayName packs/0/description? packs/0/addonType? packs/0/cloudTypes/0? packs/0/latest ' +
      'packs/0/versions/0? packs/0/updatedAt? packs/0/logo/48?',
    whole: '',
    object: 'packs/0? packs/0/states? packs/0/logo',
    list: 'packs packs/0/cloudTypes packs/0/versions',
  },
};

/** The smallest whole number, where it is not 0. */
const LEAST: Readonly<Record<string, number>> = { 'releases/0/artifact/size': 1, 'releases/0/recipe': 1 };

const ENUMS: readonly (readonly [DocumentName, string, string])[] = [
  ['index', 'packs/demo/layer', 'kernel, os, k8s, cni, csi or addon'],
  ['pack', 'releases/0/layer', 'kernel, os, k8s, cni, csi or addon'],
  ['pack', 'releases/0/status/state', 'deprecated, disabled or yanked'],
  ['search', 'packs/0/layer', 'kernel, os, k8s, cni, csi or addon'],
  ['search', 'packs/0/states/1.0.0', 'deprecated, disabled or yanked'],
];

const NAMES = ['index', 'pack', 'search'] as const;

describe.each(NAMES)('the document %s', (name) => {
  const places = Object.entries(PLACES[name]).flatMap(([kind, list]) =>
    list
      .split(' ')
      .filter((place) => place !== '')
      .map((place) => [kind as Kind, place.replace('?', ''), place.endsWith('?')] as const),
  );

  test.each(places)('wants at its place: %s %s', async (kind, place) => {
    const path = pathOf(place);
    for (const [value, says] of WRONG[kind]) {
      const files = fullRegistry(name, (document) => setAt(document, path, value));
      await expectRefused(name, files, `${shownAs(path)} ${says.replace('LEAST', String(LEAST[place] ?? 0))}`);
    }
  });

  const required = [
    ...places.filter(([, , optional]) => !optional).map(([, place]) => place),
    ...ENUMS.filter(([of, place]) => of === name && !place.includes('states')).map(([, place]) => place),
  ];

  test.each(required)('needs %s', async (place) => {
    const path = pathOf(place);
    const holder = shownAs(path.slice(0, -1));
    const files = fullRegistry(name, (document) => removeAt(document, path));
    await expectRefused(name, files, `${holder === '' ? 'it' : holder} needs the key "${path.at(-1)}"`);
  });

  test.each(ENUMS.filter(([of]) => of === name))('%s: %s is one of those that there are', async (_, place, allowed) => {
    const path = pathOf(place);
    for (const value of ['', 'other', 7, null, [], { x: 1 }, '__proto__']) {
      const files = fullRegistry(name, (document) => setAt(document, path, value));
      await expectRefused(name, files, `${shownAs(path)} must be ${allowed}, not ${JSON.stringify(value)}`);
    }
  });
});
