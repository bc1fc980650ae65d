import { oneLine } from '../../check/one-line.ts';
import { shortened } from '../../check/shortened.ts';
import { PackyardError } from '../../errors.ts';
import { keysOf, kindOf, propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { isPackName } from '../../model/pack-name.ts';
import { schemaProblems, type SchemaProblem } from '../../model/schema-problems.ts';
import { parseJson, type JsonProblem } from '../../pack/json-document.ts';
import type { SourceDocument } from '../../pack/source-document.ts';
import { lockValidator } from './lock-validator.ts';
import { LOCK_FORMAT, type LockedPack, type PackyardLock } from './packyard-lock.ts';

const AGAIN = 'Take it from Git as it was, or remove it and run "packyard lock", which chooses anew.';

/** Git's, with three sides as well. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/mu;

/**
 * Reads the text of a lock file, which anybody may have made. `file` is for messages. Rejects with `lock-invalid`, which
 * says the line, when it is damaged, a merge left its marks in it, or it is of another format.
 */
export async function parseLock(text: string, file: string): Promise<PackyardLock> {
  if (text.trim() === '') throw invalid(`${file} is empty`, 'Remove it, and run "packyard lock".');
  const document = documentOf(text, file);
  const { value } = document;
  const format = propertyOf(value, 'format');
  if (format !== LOCK_FORMAT) throw otherFormat(format, value, document, file);
  const stray = keysOf(propertyOf(value, 'packs')).find((name) => !isPackName(name));
  if (stray !== undefined) throw strayName(stray, document, file);
  const [problem] = schemaProblems(await lockValidator(), value);
  if (problem !== undefined) throw unfit(problem, document, file);
  const packs = propertyOf(value, 'packs') as Readonly<Record<string, LockedPack>>;
  return { packs: new Map(Object.entries(packs)) };
}

function documentOf(text: string, file: string): SourceDocument {
  const parsed = parseJson(text, LIMITS.depth);
  if ('document' in parsed) return parsed.document;
  const conflict = CONFLICT.exec(text);
  if (conflict !== null) {
    throw invalid(
      `${file}:${lineOf(text, conflict.index)}: a merge left its marks here`,
      'Settle packyard.json first; then take this file from one side ("git checkout --ours packyard.lock") and run ' +
        '"packyard lock", which chooses only what is missing.',
    );
  }
  const [problem] = parsed.problems;
  throw invalid(problem === undefined ? `${file} is not JSON` : sentence(problem, file), AGAIN);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function sentence(problem: JsonProblem, file: string): string {
  const place = `${file}:${problem.place.line}:${problem.place.column}`;
  switch (problem.kind) {
    case 'too-deep':
      return `${place}: it nests too deep`;
    case 'duplicate-key':
      return `${place}: ${quoted(problem.key)} stands here and in line ${problem.first.line}`;
    default:
      return `${place}: ${problem.reason.replace(/\.$/u, '')}`;
  }
}

function otherFormat(format: unknown, value: unknown, document: SourceDocument, file: string): PackyardError {
  const place = placeOf(document, ['format'], file);
  if (typeof format === 'string' && /^packyard-lock\/[0-9]{1,9}$/u.test(format)) {
    return invalid(
      `${place} is of the format ${format}, which this Packyard cannot read: it knows ${LOCK_FORMAT}`,
      'Install a newer Packyard.',
    );
  }
  const what = propertyOf(value, 'packs') === undefined && format === undefined ? kindOf(value) : 'something else';
  return invalid(`${place} holds ${what}, not a lock: its "format" is not ${quoted(LOCK_FORMAT)}`, AGAIN);
}

function strayName(name: string, document: SourceDocument, file: string): PackyardError {
  const { line, column } = document.place(['packs', name], 'key');
  return invalid(`${file}:${line}:${column}: ${quoted(name)} is no name of a pack`, AGAIN);
}

function unfit({ path, expected }: SchemaProblem, document: SourceDocument, file: string): PackyardError {
  const name = path.map((part) => oneLine(shortened(String(part)))).join(' › ');
  return invalid(`${placeOf(document, path, file)}: ${name === '' ? 'it' : name} ${expected}`, AGAIN);
}

function placeOf(document: SourceDocument, path: readonly (string | number)[], file: string): string {
  const { line, column } = document.place(path);
  return `${file}:${line}:${column}`;
}

function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function invalid(what: string, hint: string): PackyardError {
  return new PackyardError({ code: 'lock-invalid', message: oneLine(`${what}.`), hint });
}
