import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** A header of a tar as an attacker writes it: any field can hold anything. */
export interface HeaderFields {
  readonly path?: string | Buffer;
  readonly prefix?: string;
  /** As it stands in the header: octal digits. */
  readonly mode?: string | Buffer;
  readonly size?: string | number | Buffer;
  readonly type?: string;
  readonly link?: string;
  /** `ustar`, a zero byte and two digits, unless told. */
  readonly magic?: string;
  /** In the place of the right one. */
  readonly checksum?: string;
  /** Bytes anywhere else. */
  readonly at?: Readonly<Record<number, string | Buffer>>;
}

export const ROOT = 'demo-1.0.0';

export function header(fields: HeaderFields): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (offset: number, value: string | Buffer): void => {
    Buffer.from(value).copy(block, offset);
  };
  const { size = 0 } = fields;
  put(0, fields.path ?? `${ROOT}/file`);
  put(100, fields.mode ?? '000644 \0');
  put(108, '000000 \0');
  put(116, '000000 \0');
  put(124, typeof size === 'number' ? `${size.toString(8).padStart(11, '0')} ` : size);
  put(136, '03560060570 ');
  put(156, fields.type ?? '0');
  put(157, fields.link ?? '');
  put(257, fields.magic ?? 'ustar\x0000');
  put(345, fields.prefix ?? '');
  for (const [offset, value] of Object.entries(fields.at ?? {})) put(Number(offset), value);
  put(148, ' '.repeat(8));
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, fields.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** A header with its content, filled up to whole blocks. */
export function entry(fields: HeaderFields, content: string | Buffer = ''): Buffer {
  const data = Buffer.from(content);
  const padding = Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK);
  return Buffer.concat([header({ size: data.length, ...fields }), data, padding]);
}

/** A plain file inside the root folder. */
export function file(path: string, content: string | Buffer = 'content\n'): Buffer {
  return entry({ path: `${ROOT}/${path}` }, content);
}

/** An extended header with these records, each as it stands there without its length. */
export function extended(...records: readonly string[]): Buffer {
  return extension('x', records.map(paxRecord).join(''));
}

export function extension(type: string, content: string | Buffer): Buffer {
  return entry({ path: `PaxHeader/${ROOT}`, type }, content);
}

export function paxRecord(record: string): string {
  const rest = Buffer.byteLength(record) + 2;
  let length = rest;
  while (rest + String(length).length !== length) length = rest + String(length).length;
  return `${length} ${record}\n`;
}

export const END: Buffer = Buffer.alloc(2 * BLOCK);

/** The entries and the mark of the end. */
export function tar(...entries: readonly Buffer[]): Buffer {
  return Buffer.concat([...entries, END]);
}

/** What would be sound without the hostile entries, which stand behind it. */
export function packed(...entries: readonly Buffer[]): Buffer {
  return gzipSync(tar(file('pack.json', '{}\n'), ...entries));
}

export async function* inChunks(bytes: Uint8Array, size = 997): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
