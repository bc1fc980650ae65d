import type { IndexDocument } from '../model/documents.ts';

const HISTORY = /^history\/(0|[1-9]\d{0,15})-([0-9a-f]{64})\.json$/u;

/** An index that was published, kept for going back to it. */
export interface HistoryEntry {
  readonly path: string;
  readonly serial: number;
  readonly sha256: string;
}

export function historyPath({ serial }: Pick<IndexDocument, 'serial'>, sha256: string): string {
  return `history/${serial}-${sha256}.json`;
}

/** What the path of a copy of an index says; undefined where it is none. */
export function parseHistoryPath(path: string): HistoryEntry | undefined {
  const [, serial, sha256] = HISTORY.exec(path) ?? [];
  return serial === undefined || sha256 === undefined ? undefined : { path, serial: Number(serial), sha256 };
}
