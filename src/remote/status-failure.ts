import { STATUS_CODES } from 'node:http';

import { RequestFailure } from './request-failure.ts';

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What a status that is no success means. `loggedIn` says whether the request carried credentials. */
export function statusFailure(status: number, retryAfter: string | null, loggedIn: boolean): RequestFailure {
  const shown = STATUS_CODES[status] === undefined ? String(status) : `${status} ${STATUS_CODES[status]}`;
  if (status === 401 || status === 407) {
    return new RequestFailure({
      code: 'registry-denied',
      message: loggedIn ? `refuses the login (${shown})` : `wants a login (${shown})`,
      hint: loggedIn
        ? 'Check the user name and password, or token, and that it has not expired.'
        : 'Put the login into the address: https://USER:PASSWORD@HOST/.',
    });
  }
  if (status === 403) {
    return new RequestFailure({
      code: 'registry-denied',
      message: `may not be read (${shown})`,
      hint: 'Check the address and what the login gives access to; some hosts answer so where there is no such file.',
    });
  }
  if (!RETRIED.has(status)) {
    return new RequestFailure({
      message: `cannot be read: the host answers ${shown}`,
      hint: 'Check that the address is that of a registry.',
    });
  }
  return new RequestFailure({
    message: `cannot be read now: the host answers ${shown}`,
    hint: 'Try again later.',
    again: true,
    after: waitOf(retryAfter),
  });
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3); undefined when it says none. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/u.test(header)) return Number(header) * 1000;
  const time = Date.parse(header);
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}
