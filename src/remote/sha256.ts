/** A SHA-256 that is made while bytes come. */
export interface Sha256 {
  /** The bytes must not change until the hash was asked for. */
  update(bytes: Uint8Array): void;
  /** In hexadecimal; called once. */
  hex(): Promise<string>;
}

// Asked for by name and not imported, so that the same file runs in a browser.
const nodeCrypto = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:crypto');

/** Node hashes as it goes; browsers can only hash what they have whole. */
export function startSha256(): Sha256 {
  return nodeCrypto === undefined ? webSha256() : nodeSha256(nodeCrypto);
}

export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hash = startSha256();
  hash.update(bytes);
  return hash.hex();
}

function nodeSha256({ createHash }: NonNullable<typeof nodeCrypto>): Sha256 {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    hex: async () => hash.digest('hex'),
  };
}

function webSha256(): Sha256 {
  const chunks: Uint8Array[] = [];
  return {
    update: (bytes) => void chunks.push(bytes),
    async hex() {
      const digest = await crypto.subtle.digest('SHA-256', concatenated(chunks) as Uint8Array<ArrayBuffer>);
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

export function concatenated(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const all = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return all;
}
