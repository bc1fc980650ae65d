import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { mergeChartValues } from '../../../src/contribute/bump/merge-chart-values.ts';
import { hand, tree, written } from '../../helpers/written-values.ts';

const GONE = 'the new chart has none of them any more';

test('what stands around a chart stays, comments and line ends too', () => {
  fc.assert(
    fc.property(tree, tree, tree, hand, hand, hand, fc.boolean(), (base, ours, theirs, one, two, three, returns) => {
      const section = written(ours, 'ours', two).replaceAll(/^(?=.)/gmu, '    ');
      const [front, behind] = [
        'pack:\n  a: 1 # p\ncharts:\n  other: 1 # z\n\n  # above\n  demo: # beside\n',
        '  # about third\n  third:\n    z: 1\n# bottom\n',
      ];
      const ending = (text: string): string => (returns ? text.replaceAll('\n', '\r\n') : text);
      const request = { base: written(base, 'base', one), theirs: written(theirs, 'theirs', three) };
      const merged = mergeChartValues(ending(front + section + behind), { name: 'demo', newName: 'demo', ...request });
      expect([undefined, GONE]).toContain(merged.problem);
      expect(merged.text.startsWith(ending(front))).toBe(true);
      expect(merged.text.endsWith(ending(behind))).toBe(true);
      for (const [comment] of section.matchAll(/# ours [^\n]*/gu)) expect(merged.text).toContain(comment);
      if (returns) expect(merged.text.replaceAll('\r\n', '')).not.toContain('\n');
    }),
  );
});

test('a value that is not written keeps its comment apart', () => {
  const text = 'charts:\n  demo:\n    tag:  # ours\n  # about third\n  third:\n    z: 1\n';
  const request = { name: 'demo', newName: 'demo', base: 'a: 1\nb: 1\ntag:\n', theirs: 'a: 1\nb: 1\ntag: {}\n' };
  expect(mergeChartValues(text, request).text).toBe(text.replace('tag:', 'tag: {}'));
});

test('says so where nothing of them is left', () => {
  const text = 'charts:\n  demo:\n    a: 1\n';
  const result = mergeChartValues(text, { name: 'demo', newName: 'demo', base: 'a: 1\n', theirs: 'b: 1\n' });
  expect(result.text).toBe('charts:\n  demo:\n    b: 1\n');
  expect(mergeChartValues(text, { name: 'demo', newName: 'demo', base: 'a: 1\n', theirs: '' })).toMatchObject({
    text,
    problem: GONE,
  });
});
