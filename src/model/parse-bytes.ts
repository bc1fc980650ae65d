const POWERS: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/**
 * A count of bytes as people write it: `1GB`, `900 MiB`, `1.5 TB`, `512 B`. As in the standards, `kB` is 1000 bytes and
 * `KiB` 1024; the case of letters does not matter. Rounded to whole bytes; undefined for anything else.
 */
export function parseBytes(text: string): number | undefined {
  const found = /^([0-9]{1,7}(?:\.[0-9]{1,3})?) ?([kmgt]?)(i?)b$/iu.exec(text);
  if (found === null) return undefined;
  const [, count = '', prefix = '', binary = ''] = found;
  const power = POWERS[prefix.toUpperCase()] ?? 0;
  if (power === 0 && binary !== '') return undefined;
  return Math.round(Number(count) * (binary === '' ? 1000 : 1024) ** power);
}
