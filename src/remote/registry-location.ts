import type { PlatformPath } from 'node:path';

import { PackyardError } from '../errors.ts';

/** Where a published registry is read from. */
export type RegistryLocation =
  | { readonly kind: 'directory'; readonly path: string }
  | {
      readonly kind: 'http';
      /** Ends with a slash; holds neither credentials nor a query. */
      readonly base: URL;
      /** Value of an `Authorization` header, from what stood before the `@`. */
      readonly authorization?: string;
    };

const INDEX = /(?:^|\/)index\.json$/u;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):/u;

/** In characters: no file system and hardly a host takes a longer one. */
const LONGEST = 4096;

/** What stands in front of a host's name in an address without a scheme. */
const LOGIN = /^[^/\\:@]+:[^/\\@]+@/u;

/**
 * Reads a directory's path, a `file:` URL or an HTTP(S) URL, each of the registry's base or of its `index.json`. Throws
 * `usage`; no message holds credentials. `system` says how paths are written; as on this machine unless told.
 */
export function registryLocation(location: string, system?: PlatformPath): RegistryLocation {
  if (location === '') throw usage('The address of the registry is empty.', HINT);
  if (location.length > LONGEST) throw usage(`The address of the registry is longer than ${LONGEST} characters.`, HINT);
  // It could hold a password, so it is not shown.
  if (LOGIN.test(location)) throw usage('The address of the registry has no https:// in front of a login.', HINT);
  const scheme = SCHEME.exec(location)?.[1]?.toLowerCase();
  if (scheme === undefined) return withoutScheme(location, system);
  if (scheme === 'http' || scheme === 'https') return httpLocation(location);
  if (scheme === 'file') return directory(pathOf(location, system), system);
  if (location.slice(scheme.length + 1).startsWith('//')) {
    throw usage(`A registry cannot be read over ${scheme}.`, HINT);
  }
  return directory(location, system);
}

const HINT = 'Name a directory, or an address that begins with https:// or http://.';

/** In a browser an address may be relative to that of the page. */
function withoutScheme(location: string, system?: PlatformPath): RegistryLocation {
  const page = (globalThis as { readonly location?: { readonly href: string } }).location?.href;
  if (typeof process !== 'undefined' || page === undefined) return directory(location, system);
  return httpLocation(new URL(location, page).href);
}

/** Asked for by name and not imported, so that this file runs in a browser, which has no directories. */
function nodeModule<Name extends keyof NodeModules>(name: Name, location: string): NodeModules[Name] {
  const found = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.(name);
  if (found === undefined) throw usage(`${withoutCredentials(location)} cannot be opened here.`, HINT);
  return found as NodeModules[Name];
}

interface NodeModules {
  readonly 'node:path': typeof import('node:path');
  readonly 'node:url': typeof import('node:url');
}

function directory(path: string, system: PlatformPath = nodeModule('node:path', path)): RegistryLocation {
  const full = system.resolve(path);
  return { kind: 'directory', path: system.basename(full) === 'index.json' ? system.dirname(full) : full };
}

function pathOf(location: string, system: PlatformPath = nodeModule('node:path', location)): string {
  try {
    return nodeModule('node:url', location).fileURLToPath(location, { windows: system.sep === '\\' });
  } catch {
    throw usage(`${withoutCredentials(location)} names no directory of this machine.`, HINT);
  }
}

function httpLocation(location: string): RegistryLocation {
  // The error of an invalid URL holds all of it, so it is nobody's cause.
  const base = URL.canParse(location) ? new URL(location) : undefined;
  if (base === undefined) throw usage(`${withoutCredentials(location)} is not a valid address.`, HINT);
  const authorization = basicAuthorization(base);
  base.username = '';
  base.password = '';
  if (base.search !== '' || base.hash !== '') {
    throw usage(
      `The address of a registry holds no "?" or "#": ${shownUrl(base)}`,
      'Links in a registry are relative to its address, and would lose what follows.',
    );
  }
  // A project may hold an address of many slashes: looked at from the first of them only, this takes no longer for it.
  base.pathname = base.pathname.replace(INDEX, '').replace(/(?<!\/)\/*$/u, '/');
  return { kind: 'http', base, ...(authorization !== undefined && { authorization }) };
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return `Basic ${btoa(String.fromCodePoint(...bytes))}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw usage(
      'User name or password in the address of the registry holds a "%" that stands for nothing.',
      'Write it as %25.',
    );
  }
}

/** A URL for messages: what may give access, credentials and the query, is left out. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

/** Text that is no URL may hold a password before any of its `@`. */
function withoutCredentials(text: string): string {
  const [plain = ''] = text.split(/[?#]/u, 1);
  const end = plain.lastIndexOf('@');
  const start = plain.indexOf('//');
  return end === -1 ? plain : `${start === -1 ? '' : plain.slice(0, start + 2)}…@${plain.slice(end + 1)}`;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
