import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { newProject, withWish } from '../../../src/client/lock/edit-project.ts';

test('a new project asks for nothing yet', () => {
  expect(newProject(undefined)).toBe('{\n  "packs": {}\n}\n');
  expect(newProject('https://packs.example.org')).toBe(
    '{\n  "registry": "https://packs.example.org",\n  "packs": {}\n}\n',
  );
});

test.each<[what: string, before: string, after: string]>([
  ['into an empty project', '{}', '{\n  "packs": {\n    "nginx": "1.x"\n  }\n}'],
  ['into a new project', newProject(undefined), '{\n  "packs": {\n    "nginx": "1.x"\n  }\n}\n'],
  [
    'into a project without packs, indented as it is',
    '{\n\t"registry": "x"\n}\n',
    '{\n\t"registry": "x",\n\t"packs": {\n\t\t"nginx": "1.x"\n\t}\n}\n',
  ],
  [
    'in its place among the others',
    '{\n  "packs": {\n    "caddy": "2.x",\n    "redis": "7.x"\n  }\n}\n',
    '{\n  "packs": {\n    "caddy": "2.x",\n    "nginx": "1.x",\n    "redis": "7.x"\n  }\n}\n',
  ],
  [
    'behind all others',
    '{\n  "packs": {\n    "caddy": "2.x"\n  },\n  "minAge": "3d"\n}\n',
    '{\n  "packs": {\n    "caddy": "2.x",\n    "nginx": "1.x"\n  },\n  "minAge": "3d"\n}\n',
  ],
  [
    'on the one line that there is',
    '{ "packs": { "caddy": "2.x" } }',
    '{ "packs": { "caddy": "2.x", "nginx": "1.x" } }',
  ],
  ['over what was asked for', '{ "packs": {"nginx" : "0.x"} }', '{ "packs": {"nginx" : "1.x"} }'],
  [
    'over the version of a wish',
    '{ "packs": { "nginx": { "version": "0.x", "registry": "acme" } } }',
    '{ "packs": { "nginx": { "version": "1.x", "registry": "acme" } } }',
  ],
  [
    'into a wish that has no version',
    '{ "packs": { "nginx": { "registry": "acme" } } }',
    '{ "packs": { "nginx": { "version": "1.x", "registry": "acme" } } }',
  ],
  ['into an empty wish', '{ "packs": { "nginx": {} } }', '{ "packs": { "nginx": { "version": "1.x" } } }'],
  [
    'with the line ends of Windows',
    '\uFEFF{\r\n  "registry": "x"\r\n}\r\n',
    '\uFEFF{\r\n  "registry": "x",\r\n  "packs": {\r\n    "nginx": "1.x"\r\n  }\r\n}\r\n',
  ],
  [
    'where a key stands twice, into the one that counts',
    '{"packs":{},"packs":{"a":"1"}}',
    '{"packs":{},"packs":{"a":"1","nginx": "1.x"}}',
  ],
])('writes a wish %s', (_, before, after) => {
  expect(withWish(before, 'nginx', '1.x')).toBe(after);
});

test('all the rest stays, and a wish that is there already changes nothing', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/u);
  const wish = fc.oneof(fc.string(), fc.record({ version: fc.string(), registry: fc.string() }, { requiredKeys: [] }));
  const project = fc.record(
    { $schema: fc.string(), registry: fc.string(), packs: fc.dictionary(name, wish), minAge: fc.string() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(project, name, fc.string(), fc.constantFrom(0, 1, 2, 4, '\t'), (value, pack, selector, indent) => {
      const before = JSON.stringify(value, null, indent);
      const after = withWish(before, pack, selector);
      const there = Object.hasOwn(value.packs ?? {}, pack) ? value.packs?.[pack] : undefined;
      const expected = typeof there === 'object' ? { ...there, version: selector } : selector;
      expect(JSON.parse(after)).toEqual({
        ...(JSON.parse(before) as object),
        packs: { ...(JSON.parse(JSON.stringify(value.packs ?? {})) as object), [pack]: expected },
      });
      expect(withWish(after, pack, selector)).toBe(after);
    }),
  );
});
