/** What stands in the name of a tree entry before each byte that is no UTF-8, which follows as two hexadecimal digits. */
const MARK = '\ufffd';

/** The name that some bytes are: as UTF-8, and what is none so that different bytes stay different names. */
export function treeName(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  if (isText(name)) return name;
  let [marked, offset] = ['', 0];
  while (offset < bytes.length) {
    const character = characterAt(bytes, offset);
    marked += character ?? `${MARK}${bytes.toString('hex', offset, offset + 1)}`;
    offset += character === undefined ? 1 : Buffer.byteLength(character);
  }
  return marked;
}

/** Whether all of a name or path is UTF-8. */
export function isText(name: string): boolean {
  return !name.includes(MARK);
}

/** No character has more than four bytes. */
function characterAt(bytes: Buffer, start: number): string | undefined {
  for (let end = start + 1; end <= start + 4 && end <= bytes.length; end += 1) {
    const text = bytes.toString('utf8', start, end);
    if (isText(text)) return text;
  }
  return undefined;
}
