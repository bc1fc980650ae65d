/** One text. Whatever looks like a real secret is put together at run time only: this repository holds none. */
export function joined(...parts: readonly string[]): string {
  return parts.join('');
}

/** Letters and digits of both cases in no order, the same on each run. */
export function randomText(length: number, alphabet: string = ALPHABET): string {
  let state = 42;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor(state / 65_536) % alphabet.length];
  }).join('');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A PEM block with a body of random characters. */
export function privateKeyBlock(kind: string = 'RSA ', body: string = randomText(1200)): string {
  const lines = body.match(/.{1,64}/gu) ?? [];
  return [
    joined('-----BEGIN ', kind, 'PRIVATE KEY-----'),
    ...lines,
    joined('-----END ', kind, 'PRIVATE KEY-----'),
  ].join('\n');
}
