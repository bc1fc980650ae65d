import { isUtf8 } from 'node:buffer';

/** What base64 (of either alphabet) holds, when that is a text without control characters; undefined for any other. */
export function decoded(base64: string): string | undefined {
  if (!/^[\w+/-]+={0,2}$/u.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  // eslint-disable-next-line no-control-regex
  return text === undefined || /[\u0000-\u0008\u000e-\u001f\u007f]/u.test(text) ? undefined : text;
}

/** What base64 holds as JSON; undefined when it is none. */
export function decodedJson(base64: string): unknown {
  const text = decoded(base64);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
