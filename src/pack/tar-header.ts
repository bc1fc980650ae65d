import { Header } from 'tar/header';

/** Bytes of a header, and the unit to which contents are padded. */
export const BLOCK = 512;

/** The time of every entry, as npm's packages have it. */
export const MTIME: Date = new Date('1985-10-26T08:15:00Z');

/** Where the fields that differ from file to file stand. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
const NAME_START = 0;
const NAME_SIZE = 100;
const MODE_START = 100;
const SIZE_START = 124;
const CHECKSUM_START = 148;
const PREFIX_START = 345;
const PREFIX_SIZE = 155;

/** Everything else, encoded once. */
const TEMPLATE = template();
/** The sum of its bytes, with the checksum's own field as blanks. */
const TEMPLATE_SUM = TEMPLATE.reduce((sum, byte) => sum + byte, 0);

function template(): Buffer {
  const block = Buffer.alloc(BLOCK);
  new Header({ path: '', size: 0, mode: 0, uid: 0, gid: 0, mtime: MTIME, type: 'File', uname: '', gname: '' }).encode(
    block,
  );
  block.fill(0, MODE_START, MODE_START + 8).fill(0, SIZE_START, SIZE_START + 12);
  return block.fill(' ', CHECKSUM_START, CHECKSUM_START + 8);
}

/**
 * Writes a file's ustar header into a block, as tar's own class encodes it, in a fifth of the time. Only for paths that
 * `fitsUstar` and sizes below 1 GiB.
 */
export function writeHeader(block: Buffer, file: { path: string; executable: boolean; size: number }): void {
  TEMPLATE.copy(block);
  const { name, prefix } = splitPath(file.path) ?? { name: '', prefix: '' };
  const sum =
    TEMPLATE_SUM +
    put(block, NAME_START, name) +
    put(block, PREFIX_START, prefix) +
    put(block, MODE_START, file.executable ? '000755 ' : '000644 ') +
    put(block, SIZE_START, `${file.size.toString(8).padStart(10, '0')} `);
  put(block, CHECKSUM_START, `${sum.toString(8).padStart(6, '0')} \0`);
}

/** Writes ASCII text and gives the sum of its bytes. */
function put(block: Buffer, offset: number, text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    block[offset + index] = code;
    sum += code;
  }
  return sum;
}

/** Whether a path fits a ustar header as it is; another needs a PAX header in front. */
export function fitsUstar(path: string): boolean {
  return /^[\u0020-\u007e]*$/u.test(path) && splitPath(path) !== undefined;
}

/** Splits a long path at a `/`, as far left as both parts allow, as tar's own class does. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } | undefined {
  if (path.length < NAME_SIZE) return { name: path, prefix: '' };
  // The name as short as it can be while the prefix fits: the last `/` at which the prefix fits.
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const name = path.slice(at + 1);
    if (name.length > NAME_SIZE) return undefined;
    if (at <= PREFIX_SIZE) return { name, prefix: path.slice(0, at) };
  }
  return undefined;
}
