import { shortened } from '../check/shortened.ts';
import { PackyardError } from '../errors.ts';
import { isPackName } from '../model/pack-name.ts';
import { suggest } from '../model/suggest.ts';
import { parseSelector } from '../model/version-selector.ts';

/** Which release of which pack is meant. At most one of the three is there; without any, the latest is meant. */
export interface PackReference {
  readonly name: string;
  /** One version, a train, a range, or `latest`. */
  readonly selector?: string;
  /** One of the pack's tags: `latest`, `1.x`, `LTS__1.3.x`. */
  readonly tag?: string;
  /** In hexadecimal, of the artifact as it is fetched, or of the uncompressed archive in it. */
  readonly sha256?: string;
}

const LONGEST_TAG = 256;

/**
 * Reads `NAME`, `NAME@SELECTOR`, `NAME:TAG` or `NAME@sha256:…`. Throws `usage`, which says what is wrong and gives an
 * example.
 */
export function parseReference(text: string): PackReference {
  const end = text.search(/[@:]/u);
  if (end === -1) return { name: nameOf(text, text) };
  const name = nameOf(text.slice(0, end), text);
  const rest = text.slice(end + 1);
  if (text[end] === ':') return { name, tag: tagOf(name, rest) };
  const [, algorithm, digest = ''] = /^(?<algorithm>sha[0-9]+):(?<digest>.*)$/isu.exec(rest) ?? [];
  if (algorithm !== undefined) return { name, sha256: sha256Of(name, algorithm, digest) };
  return { name, selector: selectorOf(name, rest) };
}

/** A reference as it is written. */
export function referenceText({ name, selector, tag, sha256 }: PackReference): string {
  if (sha256 !== undefined) return `${name}@sha256:${sha256}`;
  if (tag !== undefined) return `${name}:${tag}`;
  return selector === undefined ? name : `${name}@${selector}`;
}

function nameOf(name: string, text: string): string {
  if (isPackName(name)) return name;
  if (name === '') {
    throw usage(`${quoted(text)} names no pack.`, 'Write the name of the pack first, as in nginx or nginx@1.2.x.');
  }
  const plain = name.trim().toLowerCase();
  const [, bare = '', operator] = /^(?<bare>[^=<>^~ ]+) *(?<operator>[=<>^~])/u.exec(plain) ?? [];
  if (operator !== undefined && isPackName(bare)) {
    const versions = plain.slice(bare.length).trim().replace(/^==/u, '');
    throw usage(
      `${quoted(text)} has no "@" behind the name.`,
      `Write it in front of the version: "${bare}@${versions}".`,
    );
  }
  throw usage(
    `${quoted(name)} cannot be the name of a pack.`,
    isPackName(plain)
      ? `Names are in lower case: ${plain}.`
      : 'Names are of lower case letters, digits, ".", "_" and "-", as in nginx or nginx@1.2.x.',
  );
}

function tagOf(name: string, tag: string): string {
  if (tag === '') throw usage(`Behind ${quoted(`${name}:`)} there is no tag.`, `Write one, as in ${name}:latest.`);
  if (/^[^@]+@sha256:/isu.test(tag)) {
    throw usage(
      `${quoted(`${name}:${tag}`)} names a tag and a digest.`,
      `Write one of them: the digest alone names one content, as in ${name}@${tag.slice(tag.indexOf('@') + 1)}.`,
    );
  }
  if (/^sha256:/iu.test(tag)) {
    throw usage(`${quoted(`${name}:${tag}`)} has ":" in front of a digest.`, `Write ${name}@${tag} instead.`);
  }
  if (tag.length <= LONGEST_TAG && tag.trim() === tag && !/[@:/\\]/u.test(tag)) return tag;
  throw usage(
    `${quoted(tag)} cannot be a tag of the pack ${quoted(name)}.`,
    `Write one as ${name}:latest or ${name}:1.x; what is behind "@" is a version, a train or a range.`,
  );
}

function sha256Of(name: string, algorithm: string, digest: string): string {
  const lower = digest.toLowerCase();
  if (algorithm.toLowerCase() !== 'sha256') {
    throw usage(
      `${quoted(`${algorithm}:…`)} is not how a release of the pack ${quoted(name)} is named.`,
      `Registries name contents by SHA-256: ${name}@sha256: and 64 hexadecimal digits.`,
    );
  }
  if (/^[0-9a-f]{64}$/u.test(lower)) return lower;
  throw usage(
    lower.length === 64 || !/^[0-9a-f]*$/u.test(lower)
      ? `The digest ${quoted(digest)} is not hexadecimal.`
      : `The digest ${quoted(digest)} has ${lower.length} digits; a SHA-256 has 64.`,
    `Write all of it: ${name}@sha256: and 64 hexadecimal digits, as "packyard info ${name}" shows them.`,
  );
}

function selectorOf(name: string, selector: string): string {
  const trimmed = selector.trim();
  if (trimmed === 'latest') return trimmed;
  if (trimmed === '') {
    throw usage(
      `Behind ${quoted(`${name}@`)} there is no version.`,
      `Write one, as in ${name}@1.2.3 or ${name}@1.2.x.`,
    );
  }
  if (parseSelector(trimmed) !== undefined) return trimmed;
  throw usage(`${quoted(trimmed)} says no version of the pack ${quoted(name)}.`, selectorHint(name, trimmed));
}

function selectorHint(name: string, text: string): string {
  if (suggest(text, ['latest']) !== undefined) return `Did you mean ${name}@latest?`;
  const examples = `one version (${name}@1.3.1), a train (${name}@1.3.x) or a range ("${name}@>=1.2 <2")`;
  return /^[a-z][\w.+-]{0,99}$/iu.test(text)
    ? `For a tag write ${name}:${text}; else name ${examples}.`
    : `Name ${examples}.`;
}

function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
