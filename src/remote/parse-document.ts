import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import { isMapping, propertyOf } from '../model/json-value.ts';
import { schemaProblems, type SchemaProblem } from '../model/schema-problems.ts';
import { documentValidator, type DocumentSchema } from './document-validator.ts';
import { exceedsBounds } from './json-bounds.ts';

export interface DocumentKind {
  readonly schema: DocumentSchema;
  readonly format: string;
  /** What it is, in a message: `a registry's index`. */
  readonly name: string;
}

/**
 * A document of a registry, from bytes that anybody may have made. `address` is for messages. Rejects with
 * `registry-invalid` when it is of another format, or not what the schema of this one says; what it does not know it
 * leaves alone.
 */
export async function parseDocument(bytes: Uint8Array, kind: DocumentKind, address: string): Promise<unknown> {
  const value = parsed(bytes, kind, address);
  const format = propertyOf(value, 'format');
  if (format !== kind.format) throw otherFormat(format, kind, address);
  const [problem] = schemaProblems(await documentValidator(kind.schema), value);
  if (problem !== undefined) throw invalidDocument(address, kind, sentence(problem));
  return value;
}

function parsed(bytes: Uint8Array, kind: DocumentKind, address: string): unknown {
  if (exceedsBounds(bytes, { depth: LIMITS.depth, containers: LIMITS.documents.containers })) {
    throw invalidDocument(address, kind, 'it nests too deep, or holds too many objects and lists');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw notJson(bytes, kind, address, error);
  }
}

function notJson(bytes: Uint8Array, kind: DocumentKind, address: string, cause: unknown): PackyardError {
  if (bytes.byteLength === 0) return invalidDocument(address, kind, 'it is empty');
  return webPage(bytes, kind, address) ?? invalidDocument(address, kind, 'it is not JSON, or was cut off', cause);
}

/** Where bytes are a web page in the place of something else, which `name` says; undefined where they are not. */
export function webPage(
  bytes: Uint8Array,
  { name }: Pick<DocumentKind, 'name'>,
  address: string,
): PackyardError | undefined {
  if (!/^\s*<[!a-z?]/iu.test(new TextDecoder().decode(bytes.subarray(0, 1024)))) return undefined;
  return new PackyardError({
    code: 'registry-invalid',
    message: `${address} is a web page, not ${name}.`,
    hint: 'Check the address. A login page, of the host or of the network that this machine is in, may stand in between.',
  });
}

function otherFormat(format: unknown, kind: DocumentKind, address: string): PackyardError {
  const [family = ''] = kind.format.split('/');
  const known = typeof format === 'string' && new RegExp(`^${family}/[0-9]{1,9}$`, 'u').test(format);
  if (!known) return invalidDocument(address, kind, `its "format" is not "${kind.format}"`);
  return new PackyardError({
    code: 'registry-invalid',
    message: `${address} is of the format ${format}, which this Packyard cannot read: it knows ${kind.format}.`,
    hint: 'Install a newer Packyard.',
  });
}

/** A document that is not what it should be. `reason` is a clause without a full stop. */
export function invalidDocument(address: string, kind: DocumentKind, reason: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'registry-invalid',
    message: `${address} is not ${kind.name}: ${reason}.`,
    hint: 'Check the address; if it is right, the registry must be published anew.',
    cause,
  });
}

function sentence({ path, expected }: SchemaProblem): string {
  const place = path.map(part).join('').replace(/^\./u, '');
  return `${place === '' ? 'it' : place} ${expected}`;
}

function part(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  if (/^[A-Za-z_][\w-]{0,99}$/u.test(key)) return `.${key}`;
  return `[${JSON.stringify(key.slice(0, 100))}]`;
}

/** The mapping under a key, without the keys that every object has: a pack may be called `constructor`. */
export function withoutPrototype(document: unknown, key: string): void {
  const mapping = propertyOf(document, key);
  if (isMapping(mapping)) Object.setPrototypeOf(mapping, null);
}
