import { expect, test } from 'vitest';

import { parseYaml } from '../../src/pack/yaml-document.ts';
import { yamlProblemReason } from '../../src/pack/yaml-problem.ts';

test.each<[string, string]>([
  ['a: &a [*a]', 'the anchor "a" holds itself'],
  ['a: [1, 2, 3, 4, 5, 6]', 'it grows to more than 1000000 values when its aliases are expanded'],
  ['a\n---\nb', 'it holds more than one document'],
])('%j', (text, reason) => {
  const parsed = parseYaml(text, { depth: 10, nodes: 5 });
  expect('problem' in parsed && yamlProblemReason(parsed.problem)).toBe(reason);
});
