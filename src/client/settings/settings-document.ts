import { oneLine } from '../../check/one-line.ts';
import { PackyardError, systemCode } from '../../errors.ts';
import { isMapping, kindOf, type Mapping } from '../../model/json-value.ts';
import type { SourceDocument } from '../../pack/source-document.ts';
import { readSmallFile, type NotSmall } from '../../remote/read-small-file.ts';
import type { SettingsWarning } from './settings-warning.ts';

/** Which file it is: the codes of its errors, and what to do about them. */
export interface DocumentKind {
  readonly code: 'settings-invalid' | 'project-invalid' | 'credentials-unusable';
  /** What mends it, in a sentence. */
  readonly hint: string;
}

type Path = readonly (string | number)[];

/** A JSON object that people edit. Its values can be anything. */
export interface SettingsDocument {
  /** Where it is, whether it exists or not. */
  readonly file: string;
  /** As it was read; undefined where there is no file. */
  readonly text: string | undefined;
  readonly value: Mapping;
  /** An error about the value at a path: what it is, as in `"url" is empty`. */
  problem(path: Path, what: string, hint?: string): Promise<PackyardError>;
  /** Warns about keys of the object at a path that nobody knows. They are kept. */
  unknownKeys(path: Path, value: Mapping, known: readonly string[]): Promise<readonly SettingsWarning[]>;
}

/** Files of this kind have a kilobyte or two. */
const MOST_BYTES = 1_048_576;
const DEPTH = 32;
/** Of one object: enough to see what is wrong. */
const MOST_WARNINGS = 10;

/** Reads a file of settings; one that does not exist is an empty object. Rejects with the code of its kind. */
export async function readSettingsDocument(file: string, kind: DocumentKind): Promise<SettingsDocument> {
  const text = await textOf(file, kind);
  return settingsDocument(file, text, kind);
}

/** The document that a text is. */
export async function settingsDocument(
  file: string,
  text: string | undefined,
  kind: DocumentKind,
): Promise<SettingsDocument> {
  const value = text === undefined ? {} : await valueOf(file, text, kind);
  let parsed: SourceDocument | undefined;
  /** The parser that knows places is slow to load, and wanted only where something is wrong. */
  const placeOf = async (path: Path, part: 'key' | 'value'): Promise<string> => {
    const { parseJson } = await import('../../pack/json-document.ts');
    const result = parsed === undefined ? parseJson(text ?? '{}', DEPTH) : { document: parsed };
    if (!('document' in result)) return oneLine(file);
    parsed = result.document;
    const { line, column } = parsed.place(path, part);
    return text === undefined ? oneLine(file) : `${oneLine(file)}:${line}:${column}`;
  };
  return {
    file,
    text,
    value,
    problem: async (path, what, hint = kind.hint) => failure(kind, `${await placeOf(path, 'value')}: ${what}.`, hint),
    unknownKeys: async (path, object, known) => {
      const strange = Object.keys(object).filter((key) => !known.includes(key));
      if (strange.length === 0) return [];
      const { suggest } = await import('../../model/suggest.ts');
      const warnings: SettingsWarning[] = [];
      for (const key of strange.slice(0, MOST_WARNINGS)) {
        const near = key.length > 100 ? undefined : suggest(key, known);
        warnings.push({
          message: `${await placeOf([...path, key], 'key')}: ${shown(key)} is no setting.`,
          hint: near === undefined ? `Known are ${known.join(', ')}.` : `Did you mean "${near}"?`,
        });
      }
      return warnings;
    },
  };
}

async function textOf(file: string, kind: DocumentKind): Promise<string | undefined> {
  let bytes: Buffer | NotSmall;
  try {
    bytes = await readSmallFile(file, MOST_BYTES);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    const why = systemCode(error) ?? 'unknown error';
    throw failure(kind, `${oneLine(file)} cannot be read (${why}).`, 'Check that it is a file, and its permissions.');
  }
  if (bytes === 'too-large') throw failure(kind, `${oneLine(file)} is larger than 1 MB.`, kind.hint);
  if (bytes === 'special') throw failure(kind, `${oneLine(file)} is a special file.`, 'Put a plain one in its place.');
  const { decodeText } = await import('../../pack/text.ts');
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text.replace(/^\uFEFF/u, '');
  throw failure(kind, `${oneLine(file)}: byte ${decoded.badOffset} is not UTF-8.`, kind.hint);
}

async function valueOf(file: string, text: string, kind: DocumentKind): Promise<Mapping> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw await syntaxError(file, text, kind);
  }
  if (isMapping(value)) return value;
  throw failure(kind, `${oneLine(file)} holds ${kindOf(value)} where an object is wanted.`, kind.hint);
}

async function syntaxError(file: string, text: string, kind: DocumentKind): Promise<PackyardError> {
  if (text.trim() === '') {
    return failure(kind, `${oneLine(file)} is empty.`, 'Remove it, or write {} into it.');
  }
  const { parseJson } = await import('../../pack/json-document.ts');
  const parsed = parseJson(text, DEPTH);
  const [problem] = 'problems' in parsed ? parsed.problems : [];
  if (problem === undefined) return failure(kind, `${oneLine(file)} is not valid JSON.`, kind.hint);
  const { line, column } = problem.place;
  const reason = problem.kind === 'invalid' ? problem.reason : 'it is nested too deep';
  return failure(kind, `${oneLine(file)}:${line}:${column}: ${oneLine(reason)}.`, kind.hint);
}

function failure(kind: DocumentKind, message: string, hint: string): PackyardError {
  return new PackyardError({ code: kind.code, message, hint });
}

/** A key or value of a file, quoted and short enough for a message. */
export function shown(text: string): string {
  return oneLine(JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text));
}
