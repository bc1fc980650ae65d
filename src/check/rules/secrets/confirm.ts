import { propertyOf } from '../../../model/json-value.ts';
import { decoded, decodedJson } from './decoded.ts';
import { entropy } from './entropy.ts';
import { hasRun, isPlaceholder } from './placeholder.ts';

/** Bits per character: base64 of real keys has more than 4.8, however short they are. */
const LEAST_OF_KEY = 4;
const LEAST_OF_TOKEN = 3;
const SHORTEST_PASSWORD = 8;
/** Seconds: a token that is of use for longer than a month is as good as a password. */
const LONG_LIVED = 30 * 24 * 60 * 60;

/** Characters of base64 in the shortest private key there is (Ed25519). */
const SHORTEST_KEY = 60;

/** Whether the text between the lines of a PEM block is a key rather than dots or a note. */
export function isKeyBody(body: string): boolean {
  const characters = keyCharacters(body);
  if (characters.length < SHORTEST_KEY || !/^[A-Za-z0-9+/=]+$/u.test(characters)) return false;
  return !hasRun(characters) && entropy(characters) >= LEAST_OF_KEY;
}

/** A PEM block without what depends on where it stands: indentation, comment marks, escapes, and its headers. */
export function keyCharacters(body: string): string {
  return body.replace(/[A-Z][A-Za-z]{1,20}: [^\n\\]{0,200}|\\[nr]|[\s#"',\\]/gu, '');
}

/** Whether base64 holds a PEM block of a private key. */
export function isPrivateKey(base64: string): boolean {
  const [, body] = /PRIVATE KEY(?: BLOCK)?-----([^-]{40,})/u.exec(decoded(base64) ?? '') ?? [];
  return body !== undefined && isKeyBody(body);
}

/** Whether a token could be one: not a placeholder, and not of few characters. */
export function isRandom(token: string): boolean {
  return !isPlaceholder(token) && entropy(token) >= LEAST_OF_TOKEN;
}

/** Hashes have letters of one case only. */
export function isRandomBase64(secret: string): boolean {
  return /[a-z]/u.test(secret) && /[A-Z]/u.test(secret) && /\d/u.test(secret) && isRandom(secret);
}

/** Whether a JSON Web Token never expires, or not for long. A lifetime that cannot be told is not held against it. */
export function isLongLived(token: string): boolean {
  const payload = decodedJson(token.split('.')[1] ?? '');
  if (typeof payload !== 'object' || payload === null) return false;
  const isMadeUp = Object.values(payload).some((claim: unknown) => typeof claim === 'string' && isPlaceholder(claim));
  if (isMadeUp) return false;
  const [issued, expires] = [propertyOf(payload, 'iat'), propertyOf(payload, 'exp')];
  if (expires === undefined) return true;
  return typeof issued === 'number' && typeof expires === 'number' && expires - issued > LONG_LIVED;
}

/** Whether base64 holds `user:password`. */
export function isLogin(base64: string): boolean {
  const text = decoded(base64) ?? '';
  const password = text.includes(':') ? text.slice(text.indexOf(':') + 1) : '';
  return password.length >= SHORTEST_PASSWORD && !isPlaceholder(text);
}

/** Whether base64 holds a configuration of Docker with a login in it. */
export function isDockerConfig(base64: string): boolean {
  const logins = propertyOf(decodedJson(base64), 'auths');
  if (typeof logins !== 'object' || logins === null) return false;
  return Object.values(logins).some((login: unknown) => {
    const [auth, password] = [propertyOf(login, 'auth'), propertyOf(login, 'password')];
    if (typeof password === 'string') return password.length >= SHORTEST_PASSWORD && !isPlaceholder(password);
    return typeof auth === 'string' && isLogin(auth);
  });
}
