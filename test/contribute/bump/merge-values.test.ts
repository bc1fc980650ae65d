import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { mergeValues, type MergedValues, type MergeRequest } from '../../../src/contribute/bump/merge-values.ts';
import { isMapping } from '../../../src/model/json-value.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';
import { hand, tree, written } from '../../helpers/written-values.ts';

function merged(request: MergeRequest): MergedValues {
  const result = mergeValues(request);
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

function valueOf(text: string): unknown {
  const parsed = parseYaml(text, { depth: 50, nodes: 10_000 });
  if ('problem' in parsed) throw new Error(`${JSON.stringify(parsed.problem)}\n${text}`);
  return parsed.document.value ?? {};
}

const MISSING = Symbol('missing');

/** The same merge, of values alone. */
function reference(base: unknown, ours: unknown, theirs: unknown): unknown {
  const same = (a: unknown, b: unknown): boolean =>
    a === b || (a !== MISSING && b !== MISSING && canonical(a) === canonical(b));
  if (same(ours, theirs)) return ours;
  if (isMapping(ours) && isMapping(theirs)) {
    const at = (value: unknown, key: string): unknown =>
      isMapping(value) && Object.hasOwn(value, key) ? value[key] : MISSING;
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    const entries = Array.from(keys, (key) => [key, reference(at(base, key), at(ours, key), at(theirs, key))] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== MISSING));
  }
  return same(base, ours) ? theirs : ours;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isMapping(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

test('whoever changed nothing gets the text of the new chart, and without a new chart everything stays', () => {
  fc.assert(
    fc.property(tree, tree, hand, hand, (base, other, one, two) => {
      const [before, after] = [written(base, 'base', one), written(other, 'other', two)];
      const same = canonical(valueOf(before)) === canonical(valueOf(after));
      expect(merged({ base: before, ours: before, theirs: after, style: 'copy' }).text).toBe(same ? before : after);
      expect(merged({ base: before, ours: after, theirs: before, style: 'copy' }).text).toBe(after);
      expect(merged({ base: before, ours: after, theirs: before, style: 'overrides' }).text).toBe(after);
    }),
  );
});

test('what one side changed is in the result, and of what both changed the side of the author', () => {
  fc.assert(
    fc.property(tree, tree, tree, hand, hand, hand, (base, ours, theirs, one, two, three) => {
      const texts = {
        base: written(base, 'base', one),
        ours: written(ours, 'ours', two),
        theirs: written(theirs, 'theirs', three),
      };
      const { text, conflicts } = merged({ ...texts, style: 'copy' });
      const wanted = reference(valueOf(texts.base), valueOf(texts.ours), valueOf(texts.theirs));
      expect(canonical(valueOf(text))).toBe(canonical(wanted));
      const other = merged({ ...texts, style: 'copy', prefer: 'theirs' });
      expect(other.conflicts.map(({ path }) => path)).toEqual(conflicts.map(({ path }) => path));
      if (conflicts.length === 0) expect(other.text).toBe(text);
    }),
    { numRuns: 150 },
  );
});

test('no comment of the author is lost', () => {
  const style = fc.constantFrom('copy' as const, 'overrides' as const);
  fc.assert(
    fc.property(tree, tree, tree, hand, hand, hand, style, (base, ours, theirs, one, two, three, wanted) => {
      const texts = {
        base: written(base, 'base', one),
        ours: written(ours, 'ours', two),
        theirs: written(theirs, 'theirs', three),
      };
      const { text } = merged({ ...texts, style: wanted });
      for (const [comment] of texts.ours.matchAll(/# ours [^\n]*/gu)) expect(text).toContain(comment);
    }),
    { numRuns: 150 },
  );
});

test('overrides get no values that the author did not write, and merge twice to the same', () => {
  fc.assert(
    fc.property(tree, tree, tree, hand, hand, hand, (base, ours, theirs, one, two, three) => {
      const texts = {
        base: written(base, 'base', one),
        ours: written(ours, 'ours', two),
        theirs: written(theirs, 'theirs', three),
      };
      const { text } = merged({ ...texts, style: 'overrides' });
      expect(Object.keys(valueOf(text) as object).toSorted()).toEqual(
        Object.keys(valueOf(texts.ours) as object).toSorted(),
      );
      expect(merged({ base: texts.theirs, ours: text, theirs: texts.theirs, style: 'overrides' }).text).toBe(text);
    }),
  );
});

test('a copy of the whole values becomes those of the new chart with the changes of the author', () => {
  const base =
    '# values of demo\nreplicas: 1 # how many\nimage:\n  # from where\n  repository: demo\n  tag: "1.0"\nnodeSelector: {}\nold: 1\n';
  const ours = `# values of demo
# ours: three for quorum
replicas: 3 # how many
image:
    # from where
    repository: mirror.example.org/demo # our mirror
    tag: "1.0"
nodeSelector:
    disk: ssd
extra:
    # as the platform wants it
    host: {{ .spectro.system.cluster.name }}
old: 1
`;
  const theirs =
    '# values of demo 2\n\nreplicas: 1 # how many of them\nimage:\n  # from which registry\n  repository: demo\n  tag: "2.0"\n  pullPolicy: Always\nnodeSelector: {}\n';
  expect(merged({ base, ours, theirs })).toMatchInlineSnapshot(`
    {
      "conflicts": [],
      "style": "copy",
      "text": "# values of demo 2

    # ours: three for quorum
    replicas: 3 # how many of them
    image:
      # from which registry
      repository: mirror.example.org/demo # our mirror
      tag: "2.0"
      pullPolicy: Always
    nodeSelector:
        disk: ssd
    extra:
        # as the platform wants it
        host: {{ .spectro.system.cluster.name }}
    ",
      "unknown": [],
    }
  `);
});

test('a few overrides stay as they are written, but for what was the default and changed', () => {
  const base = 'a: 1\nb: 2\nc: 3\nd:\n  e: 4\n  f: 5\ng: 6\nh: 7\ni: 8\nj: 9\n';
  const ours = '# ours\na:   1 # as it was\nd: { e: 4 }\ng: 60\n';
  const theirs = 'a: 10\nb: 2\nc: 3\nd:\n  e: 40\n  f: 5\nh: 7\ni: 8\nj: 9\nnew: 1\n';
  expect(merged({ base, ours, theirs })).toMatchInlineSnapshot(`
    {
      "conflicts": [],
      "style": "overrides",
      "text": "# ours
    a:   10 # as it was
    d: { "e": 40 }
    g: 60
    ",
      "unknown": [
        [
          "g",
        ],
      ],
    }
  `);
});

test('what both changed differently is kept as the author has it, or as the chart has it', () => {
  const texts = {
    base: 'a: 1\nb:\n  c: x\n  list:\n  - 1\n',
    ours: 'a: 2\nb:\n  c: y\n  list:\n  - 1\n  - 2\n',
    theirs: 'a: 3\nb:\n  c: z\n  list: []\n',
  };
  expect(merged(texts)).toMatchInlineSnapshot(`
    {
      "conflicts": [
        {
          "base": "1",
          "kept": "ours",
          "ours": "2",
          "path": [
            "a",
          ],
          "theirs": "3",
        },
        {
          "base": "x",
          "kept": "ours",
          "ours": "y",
          "path": [
            "b",
            "c",
          ],
          "theirs": "z",
        },
        {
          "base": "[1]",
          "kept": "ours",
          "ours": "[1,2]",
          "path": [
            "b",
            "list",
          ],
          "theirs": "[]",
        },
      ],
      "style": "copy",
      "text": "a: 2
    b:
      c: y
      list:
      - 1
      - 2
    ",
      "unknown": [],
    }
  `);
  expect(merged({ ...texts, prefer: 'theirs' }).text).toBe(texts.theirs);
});

test('anchors, aliases and merge keys of the author survive', () => {
  const base = 'one:\n  cpu: 1\n  memory: 1Gi\ntwo:\n  cpu: 1\n  memory: 1Gi\nimage: demo:1\n';
  const ours = 'one: &limits\n  cpu: 2\n  memory: 1Gi\ntwo:\n  <<: *limits\nthree: *limits\nimage: demo:1\n';
  const theirs = 'one:\n  cpu: 1\n  memory: 1Gi\ntwo:\n  cpu: 1\n  memory: 1Gi\nimage: demo:2\n';
  const { text, conflicts } = merged({ base, ours, theirs });
  expect(text).toBe(ours.replace('demo:1', 'demo:2'));
  expect(conflicts).toEqual([]);
});

test('an unquoted macro is compared as it is written', () => {
  const texts = { base: 'a: {{ .one }}\nb: 1\n', ours: 'a: {{ .two }}\nb: 1\n', theirs: 'a: {{ .one }}\nb: 2\n' };
  expect(merged(texts).text).toBe('a: {{ .two }}\nb: 2\n');
});

test.each([
  ['a: [\n', 'a: 1\n', 'a: 2\n', /^the values of the old chart cannot be read: /u],
  ['a: 1\n', 'a: 1\na: 2\n', 'a: 2\n', /^they cannot be read: /u],
  ['a: 1\n', 'a: 1\n', '- 1\n', /^the values of the new chart cannot be read: it is no mapping$/u],
  ['a: 1\n', 'a: &x\n  b: *x\n', 'a: 2\n', /^they cannot be read: self reference$/u],
])('says why %j, %j and %j cannot be merged', (base, ours, theirs, problem) => {
  expect(mergeValues({ base, ours, theirs })).toEqual({ problem: expect.stringMatching(problem) as unknown });
});

test('aliases that expand without bound are refused, not expanded', () => {
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`).join('')}`;
  expect(mergeValues({ base: 'a: 1\n', ours: bomb, theirs: 'a: 2\n' })).toEqual({
    problem: 'they cannot be read: too many nodes',
  });
});
