/** Bytes below which it is not worth telling: to leave the compressor and begin it again costs some itself. */
const LEAST = 4096;

/** Signatures of what is compressed already. */
const SIGNATURES = [
  Buffer.from([0x1f, 0x8b, 0x08]), // gzip
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), // PNG
  Buffer.from([0xff, 0xd8, 0xff]), // JPEG
  Buffer.from('PK\u0003\u0004', 'latin1'), // ZIP
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), // Zstandard
  Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), // xz
  Buffer.from('BZh', 'latin1'), // bzip2
  Buffer.from('wOF2', 'latin1'), // WOFF2
];

/** Whether a file is compressed already by its first bytes: to compress it again takes time and gains nothing. */
export function isDense(data: Buffer): boolean {
  if (data.length < LEAST) return false;
  return SIGNATURES.some((signature) => data.compare(signature, 0, signature.length, 0, signature.length) === 0);
}
