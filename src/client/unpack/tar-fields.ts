import { ArchiveProblem, shownPath } from './archive-problem.ts';

/** Bytes of a header, and the unit to which contents are padded. */
export const BLOCK = 512;

/** Start and end of the fields of a header. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
const NAME = [0, 100] as const;
const MODE = [100, 108] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE = 156;
const LINK = [157, 257] as const;
const MAGIC = [257, 265] as const;
const PREFIX = [345, 500] as const;

type Field = readonly [start: number, end: number];

/** The bytes that follow a name up to its field's end must be empty: others could take them for a part of it. */
function textField(block: Buffer, [start, end]: Field, what: string): Buffer {
  const field = block.subarray(start, end);
  const length = field.indexOf(0);
  if (length === -1) return field;
  if (!isZero(field.subarray(length))) throw new ArchiveProblem(`${what} goes on behind the zero byte that ends it`);
  return field.subarray(0, length);
}

/** A number in octal digits, however it is filled up to its field's size. */
function numberField(block: Buffer, [start, end]: Field, what: string): number {
  const field = block.subarray(start, end);
  const [first = 0] = field;
  if (first === 0xff) throw new ArchiveProblem(`${what} is negative`);
  if (first >= 0x80) throw new ArchiveProblem(`${what} is written in base 256, not in octal digits`);
  const text = field.toString('latin1');
  if (/^ *-/u.test(text)) throw new ArchiveProblem(`${what} is negative`);
  // eslint-disable-next-line no-control-regex
  const digits = /^ *(?<digits>[0-7]+)[ \0]*$/u.exec(text)?.groups?.['digits'];
  if (digits === undefined) throw new ArchiveProblem(`${what} is not an octal number`);
  return Number.parseInt(digits, 8);
}

const ZEROS = Buffer.alloc(64 * BLOCK);

/** Whether all bytes are zero. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}

/** Throws unless the checksum of a header is that of its bytes. `offset` is where in the tar it stands. */
export function requireChecksum(block: Buffer, offset: number): void {
  const what = `the header at byte ${offset}`;
  const [start, end] = CHECKSUM;
  let sum = (end - start) * 0x20;
  for (let at = 0; at < BLOCK; at += 1) if (at < start || at >= end) sum += block[at] ?? 0;
  let found: number | undefined;
  try {
    found = numberField(block, CHECKSUM, 'it');
  } catch {
    // What is no number is no checksum.
  }
  if (found === sum) return;
  throw new ArchiveProblem(offset === 0 ? 'there is no tar in it' : `${what} is damaged: its checksum does not fit`);
}

/** One character: what kind of thing a header stands for. */
export function typeOf(block: Buffer): string {
  return String.fromCharCode(block[TYPE] ?? 0);
}

export function linkOf(block: Buffer): string {
  return (
    block
      .subarray(...LINK)
      .toString('utf8')
      .split('\0', 1)[0] ?? ''
  );
}

/** The path as bytes, or what there is of it where an extended header holds the whole. */
export function pathOf(block: Buffer): Buffer {
  const name = textField(block, NAME, 'a name');
  const prefix = isUstar(block) ? textField(block, PREFIX, `the path of ${shownPath(name.toString('utf8'))}`) : [];
  return prefix.length === 0 ? name : Buffer.concat([Buffer.from(prefix), Buffer.from('/'), name]);
}

export function isUstar(block: Buffer): boolean {
  return block.subarray(...MAGIC).toString('latin1') === 'ustar\x0000';
}

export function sizeOf(block: Buffer, shown: string): number {
  return numberField(block, SIZE, `the size of ${shown}`);
}

const SPECIAL_BITS = [
  [0o4000, 'setuid'],
  [0o2000, 'setgid'],
  [0o1000, 'sticky'],
] as const;

/** Whether its owner may execute it. Throws where the mode has bits that say more than who may do what. */
export function executableOf(block: Buffer, shown: string): boolean {
  const mode = numberField(block, MODE, `the mode of ${shown}`);
  const special = SPECIAL_BITS.find(([bit]) => (mode & bit) !== 0)?.[1];
  if (special !== undefined) throw new ArchiveProblem(`${shown} has the ${special} bit`);
  if (mode > 0o777) throw new ArchiveProblem(`the mode of ${shown} is ${mode.toString(8)}, which is none of a file`);
  return (mode & 0o100) !== 0;
}
