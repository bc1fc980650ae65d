const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/**
 * Whether JSON in UTF-8 nests too deep, or holds more objects and lists than there may be. The parser would use memory
 * many times its size for such a text before it says no.
 */
export function exceedsBounds(
  json: Uint8Array,
  bounds: { readonly depth: number; readonly containers: number },
): boolean {
  let depth = 0;
  let containers = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) {
      quoted = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      containers += 1;
      if (depth > bounds.depth || containers > bounds.containers) return true;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return false;
}
