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
 * levels deep, are a billion values in a few lines. Stops at the first value that passes the limit, and at an alias that
 * names its own surroundings.
 */
export function expandedSize(text: string, events: readonly Event[], limit: number): ExpandedSize {
  const sizes = new Map<string, number>();
  const open: { readonly anchor: string; readonly before: number }[] = [];
  let nodes = 0;
  let offset = 0;
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
    const before = nodes;
    offset = Math.max(offset, startOf(event));
    if (event.type === EVENT_ID.ALIAS && !sizes.has(anchor) && open.some((around) => around.anchor === anchor)) {
      return { nodes, problem: { kind: 'self-reference', anchor, offset } };
    }
    nodes += event.type === EVENT_ID.ALIAS ? (sizes.get(anchor) ?? 1) : 1;
    if (nodes > limit) return { nodes, problem: { kind: 'too-many-nodes', offset } };
    if (event.type === EVENT_ID.SCALAR && anchor !== '') sizes.set(anchor, 1);
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      // An anchor can be given again: until this value is complete, its name stands for no size.
      sizes.delete(anchor);
      open.push({ anchor, before });
    }
  }
  return { nodes };
}

type ValueEvent = Exclude<Event, { type: typeof EVENT_ID.POP | typeof EVENT_ID.DOCUMENT }>;

/** Offset of a value; -1 for one that is not written, as in `key:`. */
function startOf(event: ValueEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
}
