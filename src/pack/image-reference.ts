import type { ImageProblem } from '../model/rules/image-rules.ts';

/** The parts of an image reference such as `quay.io/team/app:1.2@sha256:…`. */
export interface ImageReference {
  /** Host, and port if one is written; absent for what Docker takes from its own registry. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

export type ParsedImage = { readonly reference: ImageReference } | { readonly problem: ImageProblem };

/** Registry and repository together, as registries and clients agree. */
const LONGEST_NAME = 255;
const HOST_PART = /^[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?$/u;
const IPV6 = /^\[[A-Fa-f\d:.]{2,45}\]$/u;
const PATH_PART = /^[a-z\d]+(?:(?:\.|_{1,2}|-+)[a-z\d]+)*$/u;
const TAG = /^\w[\w.-]{0,127}$/u;
const DIGEST = /^(?<algorithm>[A-Za-z][A-Za-z\d]*(?:[-_+.][A-Za-z][A-Za-z\d]*)*):(?<hash>[A-Fa-f\d]{32,256})$/u;
const HASH_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * Takes an image reference apart, by the grammar of the distribution project
 * (https://pkg.go.dev/github.com/distribution/reference). Takes time in proportion to the length.
 */
export function parseImageReference(text: string): ParsedImage {
  const unlike = unlikeReference(text);
  if (unlike !== undefined) return { problem: unlike };
  const [named = '', digest] = splitAt(text, text.indexOf('@'));
  const [registry, rest = ''] = splitRegistry(named);
  const [repository = '', tag] = splitAt(rest, rest.indexOf(':'));
  const problem =
    nameProblem(registry, repository) ??
    (tag !== undefined && !TAG.test(tag) ? 'tag' : undefined) ??
    (digest !== undefined && !isDigest(digest) ? 'digest' : undefined);
  if (problem !== undefined) return { problem };
  return {
    reference: {
      ...(registry !== undefined && { registry }),
      repository,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
    },
  };
}

/** Registry and repository in full: `nginx` is `docker.io/library/nginx`. */
export function fullRepository({ registry, repository }: ImageReference): string {
  const host = registry === undefined || registry === 'index.docker.io' ? 'docker.io' : registry;
  return `${host}/${host === 'docker.io' && !repository.includes('/') ? 'library/' : ''}${repository}`;
}

/** The whole reference in full: `nginx:1` is `docker.io/library/nginx:1`. */
export function fullImage(reference: ImageReference): string {
  const { tag, digest } = reference;
  return fullRepository(reference) + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

function unlikeReference(text: string): ImageProblem | undefined {
  if (text.trim() === '') return 'empty';
  if (text.includes('{{')) return 'template';
  if (/\s/u.test(text)) return 'space';
  return text.includes('://') ? 'scheme' : undefined;
}

/** The first part names a registry when it looks like a host, and when it cannot be part of a repository. */
function splitRegistry(name: string): readonly [string | undefined, string?] {
  const [first = '', rest] = splitAt(name, name.indexOf('/'));
  const isHost = rest !== undefined && (/[.:A-Z]/u.test(first) || first === 'localhost');
  return isHost ? [first, rest] : [undefined, name];
}

function nameProblem(registry: string | undefined, repository: string): ImageProblem | undefined {
  if ((registry?.length ?? -1) + 1 + repository.length > LONGEST_NAME) return 'too-long';
  if (registry !== undefined && !isRegistry(registry)) return 'registry';
  const parts = repository.split('/');
  if (parts.every((part) => PATH_PART.test(part))) return undefined;
  return parts.every((part) => PATH_PART.test(part.toLowerCase())) ? 'upper-case' : 'repository';
}

function isRegistry(registry: string): boolean {
  const colon = registry.indexOf(':', registry.indexOf(']') + 1);
  const [host = '', port] = splitAt(registry, colon);
  if (port !== undefined && !/^\d+$/u.test(port)) return false;
  return IPV6.test(host) || host.split('.').every((part) => HOST_PART.test(part));
}

function isDigest(digest: string): boolean {
  const { algorithm = '', hash = '' } = DIGEST.exec(digest)?.groups ?? {};
  const length = HASH_LENGTHS.get(algorithm);
  return hash !== '' && (length === undefined || (hash.length === length && hash === hash.toLowerCase()));
}

/** What is before and behind a character; all of it where there is no such character. */
function splitAt(text: string, index: number): readonly [string, string?] {
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
