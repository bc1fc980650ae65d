import type { ReleaseDocument } from '../../model/documents.ts';
import type { ClientWarning } from '../registry.ts';
import { replacementHint, statusSentence } from '../status-words.ts';

/** What is to be known of a release that is not active; undefined of one that is. */
export function statusWarning(name: string, { version, status }: ReleaseDocument): ClientWarning | undefined {
  if (status === undefined) return undefined;
  const hint = replacementHint(name, status);
  return { code: status.state, message: statusSentence(name, version, status), ...(hint !== undefined && { hint }) };
}
