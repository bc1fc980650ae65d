import { parseEvents } from 'js-yaml';
import { describe, expect, test } from 'vitest';

import { expandedSize, type ExpandedSize } from '../../src/pack/yaml-aliases.ts';

function sizeOf(text: string, limit: number = 1_000_000): ExpandedSize {
  return expandedSize(text, parseEvents(text, {}), limit);
}

/** Lists of nine aliases each, every one naming the list before it. */
function laughs(levels: number): string {
  const lines = ['l0: &l0 [1,1,1,1,1,1,1,1,1]'];
  for (let level = 1; level <= levels; level += 1) {
    lines.push(`l${level}: &l${level} [${Array.from({ length: 9 }, () => `*l${level - 1}`).join(',')}]`);
  }
  return lines.join('\n');
}

test.each([
  ['', 0],
  ['a', 1],
  ['a: 1\nb: [2, 3]', 7],
  ['a: &x 1\nb: *x', 5],
  ['a: &x [1, 2]\nb: *x\nc: [*x, *x]', 17],
  ['&key a: 1\nb: *key', 5],
  ['a: &x {b: &y [1]}\nc: *x\nd: *y', 14],
  ['a: &x [1]\nb: &x [1, 2, 3]\nc: *x', 14],
])('%j has %d values when it is expanded', (text, nodes) => {
  expect(sizeOf(text)).toEqual({ nodes });
});

describe('limits', () => {
  test('a billion values in ten lines are counted, not made', () => {
    const text = laughs(9);
    const { problem } = sizeOf(text);
    expect(problem).toMatchObject({ kind: 'too-many-nodes' });
    expect(text.slice(0, problem?.offset).split('\n')).toHaveLength(7);
  });

  test('the limit itself is allowed', () => {
    expect(sizeOf('[1, 2, 3]', 4)).toEqual({ nodes: 4 });
    expect(sizeOf('[1, 2, 3]', 3)).toEqual({ nodes: 4, problem: { kind: 'too-many-nodes', offset: 7 } });
    expect(sizeOf('- &a x\n- *a', 2)).toEqual({ nodes: 3, problem: { kind: 'too-many-nodes', offset: 10 } });
  });

  test('values that are not written count, at the last place that is', () => {
    expect(sizeOf('- 1\n-\n-\n', 3)).toEqual({ nodes: 4, problem: { kind: 'too-many-nodes', offset: 2 } });
  });
});

describe('aliases of what is not complete', () => {
  test.each([
    ['a: &me [1, *me]', 12],
    ['a: &me {b: {c: *me}}', 16],
    ['a: &me [&me [*me]]', 14],
  ])('%s names its own surroundings', (text, offset) => {
    expect(sizeOf(text).problem).toEqual({ kind: 'self-reference', anchor: 'me', offset });
  });

  test('an anchor that was given again inside names what it was given to', () => {
    expect(sizeOf('&me [&me x, *me]')).toEqual({ nodes: 3 });
  });
});
