import type { Place } from '../../../model/finding.ts';
import { placeAt } from '../../../pack/place.ts';
import type { Span } from '../../../pack/source-document.ts';

/** The place of a range in a text, with asterisks in its source line for each of the secrets. */
export function redactedPlace(text: string, { start, end }: Span, secrets: readonly Span[]): Place {
  const place = placeAt(text, start, end);
  const from = start - (place.column - 1);
  let source = place.source;
  for (const secret of secrets) {
    const first = Math.max(secret.start - from, 0);
    const last = Math.min(secret.end - from, source.length);
    if (first < last) source = source.slice(0, first) + '*'.repeat(last - first) + source.slice(last);
  }
  return { ...place, source };
}
