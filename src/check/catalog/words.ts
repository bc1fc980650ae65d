import { formatBytes } from '../../model/format-bytes.ts';
import type { Message } from './entry.ts';

export function missing(kind: string, args: { readonly path: string; readonly suggestion?: string }): Message {
  return {
    text: `the ${kind} ${quoted(args.path)} is not in the pack`,
    hint:
      didYouMean(args.suggestion) ??
      'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.',
  };
}

export function didYouMean(suggestion: string | undefined): string | undefined {
  return suggestion === undefined ? undefined : `Did you mean "${suggestion}"?`;
}

export function subject(pointer: string): string {
  return pointer === ''
    ? 'the document'
    : `"${pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')}"`;
}

/** A size above a limit, in words that differ from those for the limit. */
export function exceeding(size: number, limit: number): string {
  const [own, most] = [formatBytes(size), formatBytes(limit)];
  return own === most ? `more than ${most}` : own;
}

export function quoted(path: string): string {
  return JSON.stringify(path);
}

/** The first of a list, and how many others there are. */
export function listed(items: readonly string[], more: number): string {
  return `${items.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** A parser's message as the end of a sentence: no capital, no full stop. */
export function sentence(reason: string): string {
  return (reason.charAt(0).toLowerCase() + reason.slice(1)).replace(/\.$/u, '');
}
