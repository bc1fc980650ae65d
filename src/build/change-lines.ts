import { isUtf8 } from 'node:buffer';

import { formatBytes } from '../model/format-bytes.ts';
import type { PackFile } from '../pack/pack.ts';
import type { FileChange, FileState } from './published-change.ts';
import { shortDiff } from './short-diff.ts';

/** A file that is not the same on both sides, with its content where it is there. */
export interface ChangedFile {
  readonly change: FileChange;
  readonly before?: PackFile;
  readonly after?: PackFile;
}

/** How many lines there are at most, and of one file, and how many files are compared line by line. */
const MOST = { lines: 40, ofFile: 20, texts: 10 };

/** Bytes of a file of which lines are compared. */
const LARGEST_TEXT = 524_288;

/** Digits of a digest, enough to tell two files apart. */
const DIGITS = 12;

/** Changes in a few lines: where texts differ, and of everything else the sizes and digests. Texts come first. */
export function changeLines(changed: readonly ChangedFile[]): string[] {
  const texts = new Set(changed.filter(areTexts).slice(0, MOST.texts));
  const files = [...texts, ...changed.filter((file) => !texts.has(file))];
  const lines: string[] = [];
  for (const [index, file] of files.entries()) {
    // The last line is for what is left out, and a name without anything says nothing.
    const room = MOST.lines - 1 - lines.length;
    if (room < 2) {
      const rest = files.length - index;
      return [...lines, `… and ${rest} more ${rest === 1 ? 'file' : 'files'}`];
    }
    lines.push(...(texts.has(file) ? textLines(file, Math.min(room, MOST.ofFile)) : [sizeLine(file)]));
  }
  return lines;
}

/** Whether both sides are texts, and not the same. */
function areTexts({ change, before, after }: ChangedFile): boolean {
  return isText(before) && isText(after) && change.before?.sha256 !== change.after?.sha256;
}

function isText(file: PackFile | undefined): boolean {
  return file !== undefined && file.data.length <= LARGEST_TEXT && isUtf8(file.data) && !file.data.includes(0);
}

function textLines(file: ChangedFile, room: number): string[] {
  const [before = '', after = ''] = [file.before?.data.toString('utf8'), file.after?.data.toString('utf8')];
  const diff = shortDiff(before, after, room - 1);
  if (diff === undefined) return [`${sizeLine(file)}, too many lines differ`];
  return [`${file.change.path}${modeText(file.change)}`, ...diff];
}

function sizeLine({ change }: ChangedFile): string {
  const { path, before, after } = change;
  if (before === undefined) return `${path}: added, ${stateText(after)}`;
  if (after === undefined) return `${path}: removed, ${stateText(before)}`;
  if (before.sha256 === after.sha256) return `${path}${modeText(change)}`;
  return `${path}${modeText(change)}: ${stateText(before)} → ${stateText(after)}`;
}

function modeText({ before, after }: FileChange): string {
  if (before?.executable === after?.executable) return '';
  return after?.executable === true ? ' (now executable)' : ' (no longer executable)';
}

function stateText(state: FileState | undefined): string {
  return state === undefined ? '' : `${formatBytes(state.size)} (sha256 ${state.sha256.slice(0, DIGITS)})`;
}
