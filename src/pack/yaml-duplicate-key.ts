import { EVENT_ID, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';

import type { Span } from './source-document.ts';

/** A key that stands twice in one mapping. */
export interface DuplicateKey {
  readonly key: string;
  readonly first: Span;
  readonly second: Span;
}

interface Collection {
  readonly mapping: boolean;
  /** Children so far; in a mapping keys and values count alike. */
  count: number;
  readonly keys: Map<string, Span>;
}

/** The first key of a YAML stream that its mapping has already; only keys that are written out are compared. */
export function duplicateKey(text: string, events: readonly Event[]): DuplicateKey | undefined {
  const stack: Collection[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      stack.pop();
      continue;
    }
    const parent = stack.at(-1);
    const isKey = parent?.mapping === true && parent.count % 2 === 0;
    if (parent !== undefined) parent.count += 1;
    if (isKey && event.type === EVENT_ID.SCALAR) {
      const key = getScalarValue(text, event);
      const second = spanOf(event);
      const first = parent.keys.get(key);
      // A merge key may stand more than once.
      if (first !== undefined && key !== '<<') return { key, first, second };
      parent.keys.set(key, second);
    }
    if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) {
      stack.push({ mapping: event.type === EVENT_ID.MAPPING, count: 0, keys: new Map() });
    }
  }
  return undefined;
}

function spanOf({ valueStart, valueEnd }: ScalarEvent): Span {
  return { start: Math.max(valueStart, 0), end: valueEnd };
}
