const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** A count of bytes for people: `512 bytes`, `1.5 KiB`, `64 MiB`. */
export function formatBytes(count: number): string {
  if (count < 1024) return count === 1 ? '1 byte' : `${count} bytes`;
  let value = count / 1024;
  let unit = 0;
  while (rounded(value) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${rounded(value)} ${UNITS[unit]}`;
}

function rounded(value: number): number {
  return Number(value.toFixed(value < 10 ? 1 : 0));
}
