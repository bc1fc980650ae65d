/** Bytes of a file: the first, and the one after the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a `Range` header asks for of so many bytes. Undefined where it is none that has to be heeded: another unit, several
 * ranges, nonsense; then the whole file is the answer. Source: RFC 9110, section 14.2.
 */
export function byteRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/iu.exec(header) ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return suffix(Number(last), size);
  const [start, end] = [Number(first), last === '' ? Infinity : Number(last) + 1];
  if (end <= start) return undefined;
  return start < size ? { start, end: Math.min(end, size) } : 'unsatisfiable';
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size };
}
