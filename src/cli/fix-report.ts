import type { FixResult } from '../build/fix-repository.ts';
import { messageOf } from '../check/messages.ts';
import { oneLine } from '../check/one-line.ts';

/** What was repaired, or would be, for people. */
export function formatFixes({ changes, fixed }: FixResult, dryRun: boolean): string {
  if (fixed.length === 0) return 'Nothing to repair.\n';
  const lines = fixed.map((finding) => `  ${finding.rule}  ${finding.file}: ${messageOf(finding).text}`);
  const files = changes.map(({ path, data }) => `  ${data === undefined ? '-' : '~'} ${path}`);
  const verb = dryRun ? 'Would repair' : 'Repaired';
  const text = [
    `${verb} ${counted(fixed.length, 'finding')}:`,
    ...lines,
    `${counted(changes.length, 'file')}:`,
    ...files,
  ].map(oneLine);
  return `${text.join('\n')}\n\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
