import { EVENT_ID, type Event } from 'js-yaml';

export interface ExpandedSize {
  /** Values, when every alias stands for a copy of what it names. */
  readonly nodes: number;
  readonly problem?:
    | { readonly kind: 'too-many-nodes'; readonly offset: number }
    | { readonly kind: 'self-reference'; readonly anchor: string; readonly offset: number };
}

/**
 * Counts the values of a YAML stream as if aliases were copied, without copying: nine aliases of nine aliases, nine
 * levels deep, are a billion values in a few lines. Stops at the first alias that passes the limit or names its own
 * surroundings.
 */
export function expandedSize(text: string, events: readonly Event[], limit: number): ExpandedSize {
  const sizes = new Map<string, number>();
  const open: { readonly anchor: string; readonly before: number }[] = [];
  let nodes = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed !== undefined && closed.anchor !== '') sizes.set(closed.anchor, nodes - closed.before);
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ anchor: '', before: nodes });
      continue;
    }
    const anchor = event.anchorStart === -1 ? '' : text.slice(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.ALIAS) {
      if (open.some((collection) => collection.anchor === anchor)) {
        return { nodes, problem: { kind: 'self-reference', anchor, offset: event.anchorStart } };
      }
      nodes += sizes.get(anchor) ?? 1;
      if (nodes > limit) return { nodes, problem: { kind: 'too-many-nodes', offset: event.anchorStart } };
      continue;
    }
    nodes += 1;
    if (event.type === EVENT_ID.SCALAR) {
      if (anchor !== '') sizes.set(anchor, 1);
    } else open.push({ anchor, before: nodes - 1 });
  }
  return { nodes };
}
