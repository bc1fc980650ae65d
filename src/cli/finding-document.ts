import { messageOf } from '../check/messages.ts';
import type { Finding } from '../model/finding.ts';

/** A finding with its words, as `--json` gives it. */
export interface FindingDocument extends Finding {
  readonly message: string;
  readonly hint: string;
}

export function findingDocument(finding: Finding): FindingDocument {
  const { text, hint } = messageOf(finding);
  return { ...finding, message: text, hint };
}
