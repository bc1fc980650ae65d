import { RequestFailure } from './request-failure.ts';

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Names of the statuses that a static host, or a proxy before it, answers with. Source: RFC 9110, 15; RFC 6585. */
const NAMES: Readonly<Record<number, string>> = {
  204: 'No Content',
  206: 'Partial Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  416: 'Range Not Satisfiable',
  418: "I'm a Teapot",
  421: 'Misdirected Request',
  425: 'Too Early',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  511: 'Network Authentication Required',
};

export interface StatusContext {
  /** Whether the request carried credentials. */
  readonly loggedIn: boolean;
  /** How to log in, in a sentence. */
  readonly loginHint?: string | undefined;
}

const LOGIN_HINT = 'Put the login into the address: https://USER:PASSWORD@HOST/.';

/** What a status that is no success means. */
export function statusFailure(
  status: number,
  retryAfter: string | null,
  { loggedIn, loginHint = LOGIN_HINT }: StatusContext,
): RequestFailure {
  const shown = NAMES[status] === undefined ? String(status) : `${status} ${NAMES[status]}`;
  if (status === 401 || status === 407) {
    return new RequestFailure({
      code: 'registry-denied',
      message: loggedIn ? `refuses the login (${shown})` : `wants a login (${shown})`,
      hint: loggedIn ? 'Check the user name and password, or token, and that it has not expired.' : loginHint,
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
