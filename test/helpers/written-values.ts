import * as fc from 'fast-check';

import { isMapping } from '../../src/model/json-value.ts';

/** A value of a `values.yaml`. */
export type Tree = string | number | boolean | null | readonly string[] | { readonly [key: string]: Tree };

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.constantFrom('', 'x', 'a: b', '# no comment', 'two\nlines\n', 'true', '1.10', '{{ .spectro.var.x }}'),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.constantFrom('l', 'm', '- n'), { maxLength: 2 }),
);
const trees = fc.letrec<{ tree: Readonly<Record<string, Tree>>; node: Tree }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('tree')),
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c.d', 'e f', 'tag'), tie('node'), { maxKeys: 4 }),
}));

/** Mappings that have much in common. */
export const tree: fc.Arbitrary<Readonly<Record<string, Tree>>> = trees.tree;

/** How a text is written: one number for each decision. */
export const hand: fc.Arbitrary<number[]> = fc.array(fc.nat(11), { minLength: 1, maxLength: 12 });

/** A tree as YAML in somebody's hand, with comments of their own above and beside values. */
export function written(value: Tree, side: string, decisions: readonly number[]): string {
  let count = 0;
  const next = (): number => decisions[count++ % decisions.length] ?? 0;
  const step = 1 + (next() % 4);
  const lines: string[] = [];
  const visit = (mapping: object, indent: number): void => {
    for (const [key, child] of Object.entries(mapping) as [string, Tree][]) {
      const blanks = ' '.repeat(indent);
      const decision = next();
      if (decision === 1) lines.push('');
      if (decision < 4) lines.push(`${blanks}# ${side} ${count}`);
      const front = `${blanks}${decision % 2 === 0 ? key : JSON.stringify(key)}:`;
      const behind = decision > 8 ? `  # ${side} beside ${count}` : '';
      if (isMapping(child) && Object.keys(child).length > 0 && decision !== 5) {
        lines.push(front + behind);
        visit(child, indent + step);
      } else if (Array.isArray(child) && child.length > 0 && decision !== 6) {
        lines.push(front, ...child.map((item) => `${blanks}- ${JSON.stringify(item)}`));
      } else if (typeof child === 'string' && child.endsWith('\n')) {
        lines.push(
          `${front} |`,
          ...child
            .trimEnd()
            .split('\n')
            .map((line) => `${blanks}  ${line}`),
        );
      } else if (child === null && decision % 3 === 0) lines.push(front + behind);
      else lines.push(`${front} ${JSON.stringify(child)}${behind}`);
    }
  };
  visit(value as object, 0);
  if (next() === 0) lines.push(`# ${side} end`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
