import type { Finding, Place } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { TextProblem } from '../../../pack/regular-expression.ts';
import { parseSchemaExpression } from '../../../pack/schema-expression.ts';
import type { LintPack } from '../../lint-pack.ts';
import { SCHEMA_FILE, schemaDocument, schemaEntries } from './schema-entries.ts';

/** Every constraint must be one that can be read. */
export function* badExpression(pack: LintPack): Generator<Finding> {
  const document = schemaDocument(pack);
  if (document === undefined) return;
  for (const { path, expression } of schemaEntries(document)) {
    if (typeof expression !== 'string') continue;
    const parsed = parseSchemaExpression(expression);
    if (!('problem' in parsed)) continue;
    const { problem } = parsed;
    const place = placeWithin(document.place([path, 'schema']), expression, problem);
    const args = { path, column: problem.offset + 1, reason: problem.reason };
    yield findingOf('schema/bad-expression', SCHEMA_FILE, args, { place });
  }
}

/** The exact place, where the text stands in the file as it is read; that of the whole text otherwise. */
function placeWithin(place: Place, expression: string, { offset, length }: TextProblem): Place {
  const start = place.column - 1;
  const written = place.source.slice(start, place.endColumn - 1);
  if (offset >= written.length || !expression.startsWith(written)) return place;
  const column = place.column + offset;
  return { ...place, column, endColumn: Math.min(column + Math.max(length, 1), place.endColumn) };
}
