import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { appendJsonItem, removeJsonMember, replaceJsonValue } from '../../src/pack/edit-json.ts';

const TEXT = `{
  "name": "demo",
  "version" :  "v1.0.0",
    "group": "",
  "charts": [
    "charts/a.tgz"
  ],
  "last": {"x": 1}
}
`;

describe('replacing a value', () => {
  test('leaves everything else as it was', () => {
    expect(replaceJsonValue(TEXT, ['version'], '1.0.0')).toBe(TEXT.replace('"v1.0.0"', '"1.0.0"'));
    expect(replaceJsonValue(TEXT, ['charts', 0], 'b')).toBe(TEXT.replace('"charts/a.tgz"', '"b"'));
  });

  test('changes nothing where there is none', () => {
    expect(replaceJsonValue(TEXT, ['charts', 7], 'b')).toBe(TEXT);
    expect(replaceJsonValue(TEXT, ['name', 'x'], 'b')).toBe(TEXT);
  });
});

describe('removing a member', () => {
  test('takes its line and its comma along', () => {
    expect(removeJsonMember(TEXT, ['group'])).toBe(TEXT.replace('"group": "",\n  ', ''));
    expect(removeJsonMember(TEXT, ['last'])).toBe(TEXT.replace(',\n  "last": {"x": 1}', ''));
    expect(removeJsonMember(TEXT, ['last', 'x'])).toBe(TEXT.replace('{"x": 1}', '{}'));
  });

  test('changes nothing where there is none', () => {
    expect(removeJsonMember(TEXT, ['nowhere'])).toBe(TEXT);
    expect(removeJsonMember(TEXT, ['charts', 'x'])).toBe(TEXT);
  });
});

describe('adding to a list', () => {
  test('follows the way the list is written', () => {
    expect(appendJsonItem(TEXT, 'charts', 'charts/b.tgz')).toBe(
      TEXT.replace('"charts/a.tgz"', '"charts/a.tgz",\n    "charts/b.tgz"'),
    );
    expect(appendJsonItem('{"charts":["a","b"]}', 'charts', 'c')).toBe('{"charts":["a","b", "c"]}');
    expect(appendJsonItem('{"charts": [ ]}', 'charts', 'c')).toBe('{"charts": ["c"]}');
  });

  test('makes the list where there is none', () => {
    expect(appendJsonItem(TEXT, 'kubeManifests', 'm.yaml')).toBe(
      TEXT.replace('{"x": 1}', '{"x": 1},\n  "kubeManifests": ["m.yaml"]'),
    );
    expect(appendJsonItem('{}', 'charts', 'c')).toBe('{ "charts": ["c"] }');
  });

  test('changes nothing where something else stands', () => {
    expect(appendJsonItem(TEXT, 'name', 'c')).toBe(TEXT);
    expect(appendJsonItem('[]', 'name', 'c')).toBe('[]');
  });
});

test('whatever the text, the edited one holds the edited value', () => {
  const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 });
  fc.assert(
    fc.property(json, fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = JSON.parse(text) as Record<string, unknown>;
      const [key = ''] = Object.keys(parsed);
      const { [key]: _, ...rest } = parsed;
      expect(JSON.parse(removeJsonMember(text, [key]))).toEqual(rest);
      expect(JSON.parse(replaceJsonValue(text, [key], 'new'))).toEqual({ ...parsed, [key]: 'new' });
      const listed = JSON.parse(appendJsonItem(text, 'a list that is not there', 1)) as unknown;
      expect(listed).toEqual({ ...parsed, 'a list that is not there': [1] });
    }),
  );
});
