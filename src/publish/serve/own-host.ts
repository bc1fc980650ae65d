import { isIP } from 'node:net';

/**
 * Whether a `Host` header names this server in a way that no page of another site can make a browser use: by an address,
 * as this machine, or by one of `names`, in lower case. A name that somebody else rules can be made to lead here, and his
 * page would then be of the same origin. What comes from no browser has no such header, and is let in.
 */
export function isOwnHost(header: string | undefined, names: ReadonlySet<string>): boolean {
  if (header === undefined) return true;
  const [, bracketed, plain = ''] = /^(?:\[([^\]]+)\]|([^:]*))(?::\d{0,5})?$/u.exec(header.toLowerCase()) ?? [];
  if (bracketed !== undefined) return isIP(bracketed) === 6;
  const name = plain.replace(/\.$/u, '');
  return isIP(name) === 4 || name === 'localhost' || name.endsWith('.localhost') || names.has(name);
}
