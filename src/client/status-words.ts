import { oneLine } from '../check/one-line.ts';
import { shortened } from '../check/shortened.ts';
import type { ReleaseDocument } from '../model/documents.ts';
import { replacementOf, type ReleaseStatus } from '../model/status.ts';

/** What is said of a release that is not active, in one sentence that is safe to print. */
export function statusSentence(name: string, version: string, status: ReleaseStatus): string {
  const since = status.at === undefined ? '' : ` since ${status.at}`;
  const reason = oneLine(shortened(status.reason.trim()));
  const end = reason === '' || /[.!?…]$/u.test(reason) ? '' : '.';
  const why = reason === '' ? '.' : `: ${reason}${end}`;
  return `${name} ${oneLine(shortened(version))} is ${status.state}${since}${why}`;
}

/** What to use instead of a release; undefined where nobody said. */
export function replacementHint(name: string, { replacement }: ReleaseStatus): string | undefined {
  if (replacement === undefined) return undefined;
  const instead = replacementOf(name, replacement);
  return `Use ${oneLine(shortened(`${instead.name}@${instead.version}`))} instead.`;
}

/** A version, with its state where it is not active. */
export function versionWithState({ version, status }: ReleaseDocument): string {
  const text = oneLine(shortened(version));
  return status === undefined ? text : `${text} (${status.state})`;
}
