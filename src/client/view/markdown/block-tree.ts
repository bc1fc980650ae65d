import type { Token } from 'markdown-it';

/** A block of Markdown with the blocks in it. */
export interface Block {
  readonly token: Token;
  readonly children: readonly Block[];
}

/** Blocks as a tree, from the list of their beginnings and ends. */
export function blockTree(tokens: readonly Token[]): readonly Block[] {
  const root: Block[] = [];
  const open: Block[][] = [root];
  for (const token of tokens) {
    if (token.nesting === -1) {
      if (open.length > 1) open.pop();
      continue;
    }
    const children: Block[] = [];
    open.at(-1)?.push({ token, children });
    if (token.nesting === 1) open.push(children);
  }
  return root;
}
