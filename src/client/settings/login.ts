/** How somebody proves to a host who they are. */
export type Login =
  | { readonly kind: 'token'; readonly secret: string }
  | { readonly kind: 'basic'; readonly username: string; readonly secret: string }
  /** A header of the host's own choice. */
  | { readonly kind: 'header'; readonly header: string; readonly secret: string };

/** The headers that carry a login. */
export function loginHeaders(login: Login): Readonly<Record<string, string>> {
  if (login.kind === 'token') return { authorization: `Bearer ${login.secret}` };
  if (login.kind === 'header') return { [login.header.toLowerCase()]: login.secret };
  const pair = Buffer.from(`${login.username}:${login.secret}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** Source: RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/u;

/** Those that say how a request is made: as a login they would break it. */
const NO_LOGIN = new Set([
  'accept',
  'accept-encoding',
  'cache-control',
  'connection',
  'content-length',
  'expect',
  'host',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'keep-alive',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

/** Why a text is no name of a header that can carry a login; undefined where it is one. */
export function headerNameProblem(name: string): string | undefined {
  if (!TOKEN.test(name)) return 'is no name of a header';
  return NO_LOGIN.has(name.toLowerCase()) ? 'is a header that no login can be sent in' : undefined;
}

const MOST_CHARACTERS = 16_384;

/** Why a text cannot be sent as the secret of a login, without the text; undefined where it can. */
export function secretProblem(secret: string, kind: Login['kind']): string | undefined {
  if (secret === '') return 'is empty';
  if (secret.length > MOST_CHARACTERS) return `is longer than ${MOST_CHARACTERS} characters`;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/u.test(secret)) return 'holds a line break or another control character';
  // A password is sent as base64, everything else as it is.
  if (kind !== 'basic' && !/^[\u0021-\u007e](?:[\u0020-\u007e]*[\u0021-\u007e])?$/u.test(secret)) {
    return 'holds a character that no header can carry, or begins or ends with a blank';
  }
  return undefined;
}
