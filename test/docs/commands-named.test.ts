import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { runProgram } from '../../src/cli/program.ts';
import { PROJECT, projectDocuments } from '../helpers/project-documents.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

const helps = new Map<string, Promise<string>>();

async function helpOf(...words: readonly string[]): Promise<string> {
  const known = helps.get(words.join(' '));
  if (known !== undefined) return known;
  const terminal = recordedTerminal({});
  const help = runProgram([...words, '--help'], terminal).then(() => terminal.printed.out);
  helps.set(words.join(' '), help);
  return help;
}

/** What is wrong with a mention of a command, such as `packyard pull NAME --force`, or undefined. */
async function wrongWith(mention: string): Promise<string | undefined> {
  const [, command = '', sub = ''] = mention.split(/\s+/u);
  if (!/^[a-z]+$/u.test(command)) return undefined;
  if (!hasCommand(await helpOf(), command)) return `packyard ${command}: no such command`;
  const help = await helpOf(command);
  // As in `registry add`.
  const all = hasCommand(help, sub) ? help + (await helpOf(command, sub)) : help;
  const flags = (mention.match(/(?<=\s)--[a-z][a-z-]*/gu) ?? []).filter((flag) => flag !== '--help');
  const unknown = flags.filter((flag) => !new RegExp(`${flag}(?![a-z-])`, 'u').test(all));
  return unknown.length === 0 ? undefined : `${mention}: no ${unknown.join(', ')}`;
}

function hasCommand(help: string, name: string): boolean {
  return /^[a-z]+$/u.test(name) && new RegExp(`^ {2}${name}(?: |$)`, 'mu').test(help);
}

/** Commands in `inline code`, and behind a prompt, up to a pipe or another command. */
function mentionsIn(markdown: string): string[] {
  const joined = markdown.replaceAll(/ *\\\n\s*/gu, ' ');
  const inline = [...joined.matchAll(/`(packyard [^`]+)`/gu)].map(([, code = '']) => code.replaceAll(/\s+/gu, ' '));
  const typed = [...joined.matchAll(/^\s*\$ (?:npx )?(packyard [^|;&#\n]+)/gmu)].map(([, code = '']) => code);
  return [...new Set([...inline, ...typed])];
}

describe('commands and options that a page names are there', () => {
  // A changelog names what there was.
  const pages = projectDocuments().filter((path) => !path.startsWith('docs/rules/') && path !== 'CHANGELOG.md');
  it.each(pages)('%s', async (path) => {
    const mentions = mentionsIn(readFileSync(join(PROJECT, path), 'utf8'));
    const wrong = await Promise.all(mentions.map(wrongWith));
    expect(wrong.filter((each) => each !== undefined)).toEqual([]);
  });
});

it('what is not there is found', async () => {
  expect(await wrongWith('packyard pull nginx --force')).toBeUndefined();
  expect(await wrongWith('packyard registry add NAME URL --ca-file FILE')).toBeUndefined();
  expect(await wrongWith('packyard pull nginx --forc')).toBe('packyard pull nginx --forc: no --forc');
  expect(await wrongWith('packyard pill nginx')).toBe('packyard pill: no such command');
});

it('mentions are found where commands stand', () => {
  const page = 'Run `packyard pull\nx`:\n\n    $ packyard build \\\n        --out x | cat\n    packyard no\n';
  expect(mentionsIn(page)).toEqual(['packyard pull x', 'packyard build --out x ']);
});
