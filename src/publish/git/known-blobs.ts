/** What a blob's bytes are, so that nobody has to fetch it to know. */
export interface KnownBlob {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970 at which it was published; 0 where that is not known. */
  readonly since: number;
}

/**
 * The one file that a publisher adds to a branch. Git names blobs by another hash and says their sizes only of those
 * that were fetched, which would be the whole registry each time.
 */
export const KNOWN_BLOBS_PATH = '.packyard-blobs';

const FORMAT = 'packyard-blobs/1';

const LINE =
  /^(?<oid>[0-9a-f]{40}|[0-9a-f]{64}) (?<sha256>[0-9a-f]{64}) (?<size>0|[1-9]\d{0,14}) (?<since>0|[1-9]\d{0,11})$/u;

/** Reads `<object id> <sha256> <size> <since>` a line. What cannot be read is not known. */
export function parseKnownBlobs(text: string): Map<string, KnownBlob> {
  const [format, ...lines] = text.split('\n');
  const known = new Map<string, KnownBlob>();
  if (format !== FORMAT) return known;
  for (const line of lines) {
    const { oid, sha256, size, since } = LINE.exec(line)?.groups ?? {};
    if (oid !== undefined && sha256 !== undefined) {
      known.set(oid, { sha256, size: Number(size), since: Number(since) });
    }
  }
  return known;
}

/** The same text for the same blobs, whatever their order. What is not known is left out. */
export function knownBlobsText(oids: Iterable<string>, known: ReadonlyMap<string, KnownBlob>): string {
  const lines = [...new Set(oids)].toSorted().flatMap((oid) => {
    const blob = known.get(oid);
    return blob === undefined ? [] : [`${oid} ${blob.sha256} ${blob.size} ${blob.since}`];
  });
  return `${[FORMAT, ...lines].join('\n')}\n`;
}
