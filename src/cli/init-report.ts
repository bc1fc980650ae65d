import { relative } from 'node:path';

import type { InitResult } from '../contribute/init/init.ts';
import type { PlannedFile } from '../contribute/init/plan-init.ts';
import { shellWord } from '../client/settings/shell-word.ts';
import { oneLine } from '../check/one-line.ts';
import type { Paint } from '../check/format-finding.ts';

/** The result of `packyard init --json`. */
export function initDocument({ values, ...result }: InitResult, dryRun: boolean): unknown {
  const { owners, branch, globs, pack = null, host, name, title, url = null, repository = null } = values;
  const registry = { name, title, repository, url, host, owners, branch, globs, pack };
  const { root, git, packs, files, byHand, next } = result;
  return { format: 'packyard-init/1', dryRun, root, git, registry, packs, files, byHand, next };
}

const MARKS: Readonly<Record<PlannedFile['action'], string>> = { create: '+', extend: '~', keep: '=' };

/** The result for people: what was done to which file, what was found, and what comes next. */
export function formatInit(result: InitResult, dryRun: boolean, paint: Paint): string {
  const { git, files, byHand } = result;
  const changed = files.filter(({ action }) => action !== 'keep');
  if (changed.length === 0 && git !== 'made') {
    return [`${capital(place(result))} has everything already: nothing to do.`, ...byHand.map(oneLine), ''].join('\n');
  }
  const kept = files.length - changed.length;
  const lines = [
    ...(git === 'made' ? [`${dryRun ? 'Would make' : 'Made'} a Git repository in ${place(result)}.`] : []),
    ...foundLines(result),
    ...changed.map(({ path, action }) => `${MARKS[action]} ${oneLine(path)}`),
    countLine(changed, kept, dryRun),
    ...byHand.map(oneLine),
  ];
  return `${[...lines, ...(dryRun ? [] : ['', ...nextLines(result, paint)])].join('\n')}\n`;
}

function countLine(changed: readonly PlannedFile[], kept: number, dryRun: boolean): string {
  const made = changed.filter(({ action }) => action === 'create').length;
  const parts = [`${made} files ${dryRun ? 'to add' : 'added'}`];
  if (changed.length > made) parts.push(`${changed.length - made} extended`);
  if (kept > 0) parts.push(`${kept} there already`);
  return parts.join(', ');
}

function foundLines({ packs, values }: InitResult): readonly string[] {
  if (packs.length === 0) return [];
  const found = packs.length === 1 ? 'a pack' : `${packs.length} packs`;
  return [`Found ${found}. In registry.yaml, "packs" names what is there: ${values.globs.map(oneLine).join(', ')}`];
}

function nextLines(result: InitResult, paint: Paint): readonly string[] {
  const folder = relative('.', result.root);
  // A name that begins with a dash is an option to `cd`.
  const target = folder.startsWith('-') ? `./${folder}` : folder;
  const there = folder === '' ? [] : [{ text: 'Go there', commands: [`cd ${shellWord(target)}`] }];
  return [
    paint('bold', 'Next'),
    ...[...there, ...result.next].flatMap(({ text, commands }, index) => [
      `${index + 1}. ${oneLine(text)}:`,
      ...commands.map((command) => `     ${oneLine(command)}`),
    ]),
  ];
}

function place({ root }: InitResult): string {
  return oneLine(relative('.', root) || 'this folder');
}

function capital(text: string): string {
  return text === 'this folder' ? 'This folder' : text;
}
