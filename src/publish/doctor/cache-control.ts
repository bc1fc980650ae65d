/** What a `Cache-Control` header says, as far as a registry depends on it. Source: RFC 9111, 5.2; RFC 8246. */
export interface CacheControl {
  /** Seconds for which no cache asks again; 0 for `no-cache`; undefined where nothing is said. */
  readonly lasts: number | undefined;
  readonly immutable: boolean;
  readonly noStore: boolean;
}

export function cacheControl(header: string | null): CacheControl {
  const directives = new Map(
    (header ?? '').split(',').map((part): [string, string] => {
      const [name = '', value = ''] = part.trim().split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')];
    }),
  );
  const ages = ['max-age', 's-maxage']
    .map((name) => directives.get(name))
    .filter((value) => value !== undefined && /^\d{1,10}$/u.test(value))
    .map(Number);
  const lasts = directives.has('no-cache') ? 0 : ages.length === 0 ? undefined : Math.max(...ages);
  return { lasts, immutable: directives.has('immutable'), noStore: directives.has('no-store') };
}
