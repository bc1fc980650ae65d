/** What a document can be compressed with on the way. */
export type Encoding = 'br' | 'gzip';

/** The better one first. */
const OFFERED: readonly Encoding[] = ['br', 'gzip'];

/** The encoding that an `Accept-Encoding` header likes best; undefined for the bytes as they are. */
export function acceptedEncoding(header: string): Encoding | undefined {
  const weights = weightsIn(header);
  const weightOf = (encoding: string): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  // What is not named is taken, and liked less than what is.
  const identity = weights.get('identity') ?? 0;
  const [best] = OFFERED.toSorted((a, b) => weightOf(b) - weightOf(a));
  return best !== undefined && weightOf(best) > 0 && weightOf(best) >= identity ? best : undefined;
}

function weightsIn(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(name === 'x-gzip' ? 'gzip' : name, /^[01](?:\.\d{0,3})?$/u.test(quality) ? Number(quality) : 0);
  }
  return weights;
}
