import platform, { type PlatformPath } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { registryLocation } from '../../remote/registry-location.ts';

/** The address of a registry in its one form. */
export interface RegistryAddress {
  /** A URL that ends with a slash, without credentials, or the absolute path of a directory. */
  readonly url: string;
  /** The URL; undefined for a directory. */
  readonly base?: URL;
  /** Value of an `Authorization` header, from what stood before the `@`. */
  readonly authorization?: string;
}

/** Reads a URL, or a directory's path relative to a folder. Throws `usage`; no message holds credentials. */
export function registryAddress(text: string, folder: string, system: PlatformPath = platform): RegistryAddress {
  const location = registryLocation(text, system);
  if (location.kind === 'http') {
    const { base, authorization } = location;
    return { url: base.href, base, ...(authorization !== undefined && { authorization }) };
  }
  // Without a scheme it was resolved from the current folder, which need not be the one it is relative to.
  const place = /^file:/iu.test(text) ? location : registryLocation(system.resolve(folder, text), system);
  return { url: place.kind === 'directory' ? place.path : text };
}

/** The same, for files that people share: an address with a login in it is refused. */
export function addressWithoutLogin(text: string, folder: string, login: string): RegistryAddress {
  const address = registryAddress(text, folder);
  if (address.authorization === undefined) return address;
  throw new PackyardError({
    code: 'usage',
    message: `The address ${address.url} holds a login.`,
    hint: `Leave out what stands before the "@", and give it with ${login}.`,
  });
}

/** Whether what is sent to an address, and what it answers, can be read and changed by others on its way. */
export function isOpenToOthers({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname);
}

/** Names and addresses that never leave this machine. Source: RFC 6761, 6.3; RFC 1122, 3.2.1.3. */
function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || /^(?:.+\.)?localhost$/u.test(hostname) || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}

/** A path of another machine: to look at it would tell that one who its user is. */
export function isNetworkPath(text: string): boolean {
  // Wherever these stand in an address, they are as if they were not there (WHATWG URL, 4.4).
  return /^(?:file:)?[\\/]{2}[^\\/]/iu.test(text.replaceAll(/[\t\n\r]/gu, ''));
}
