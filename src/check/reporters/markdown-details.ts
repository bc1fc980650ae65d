import type { ReportedFinding } from '../check-report.ts';
import { markdownLine, markdownText } from './markdown-text.ts';

export interface DetailBlocks {
  readonly blocks: readonly string[];
  /** How many there was no room for. */
  readonly hidden: number;
}

/** What findings have to show, each in a block of code below the name of its file, as far as there is room. */
export function detailBlocks(findings: readonly ReportedFinding[], room: number): DetailBlocks {
  const all = findings.flatMap(({ file, detail = [] }) => (detail.length === 0 ? [] : [block(file, detail)]));
  const blocks: string[] = [];
  let left = room;
  for (const each of all) {
    left -= each.length + 2;
    if (left < 0) break;
    blocks.push(each);
  }
  return { blocks, hidden: all.length - blocks.length };
}

/** A fence that is longer than any in the lines cannot be closed by them. */
function block(file: string, detail: readonly string[]): string {
  const lines = detail.map(markdownLine);
  const runs = lines.flatMap((line) => line.match(/`{3,}/gu) ?? []);
  const fence = runs.reduce((longest, run) => (run.length < longest.length ? longest : `${run}\``), '```');
  return `In ${markdownText(file)}:\n\n${fence}diff\n${lines.join('\n')}\n${fence}`;
}
