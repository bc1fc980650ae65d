import type { FixResult } from '../build/fix-repository.ts';
import { messageOf } from '../check/messages.ts';
import { oneLine } from '../check/one-line.ts';

/** What was repaired, or would be, for people. */
export function formatFixes({ changes, fixed, skipped }: FixResult, dryRun: boolean): string {
  const left = skipped.map(
    ({ path, reason }) => `Not repaired: ${oneLine(path)}: ${reason}. Repair that pack by hand.\n`,
  );
  if (fixed.length === 0) return left.length === 0 ? 'Nothing to repair.\n' : left.join('');
  const lines = fixed.map((finding) => `  ${finding.rule}  ${finding.file}: ${messageOf(finding).text}`);
  const files = changes.map(({ path, kind }) => `  ${kind === 'remove' ? '-' : '~'} ${path}`);
  const verb = dryRun ? 'Would repair' : 'Repaired';
  const text = [
    `${verb} ${counted(fixed.length, 'finding')}:`,
    ...lines,
    `${counted(changes.length, 'file')}:`,
    ...files,
  ].map(oneLine);
  return `${text.join('\n')}\n${left.join('')}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
