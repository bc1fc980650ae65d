const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** A count of bytes for people: `512 bytes`, `1.5 KiB`, `64 MiB`. */
export function formatBytes(count: number): string {
  if (count < 1024) return count === 1 ? '1 byte' : `${count} bytes`;
  const power = Math.min(UNITS.length, Math.floor(Math.log2(count) / 10));
  const value = count / 1024 ** power;
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} ${UNITS[power - 1]}`;
}
