import type { Command, CommanderError } from 'commander';

import { PackyardError } from '../errors.ts';
import { suggest } from '../model/suggest.ts';
import { commandPath, findCommand } from './find-command.ts';

/** What other tools call the same: too far away for a slip of the keyboard. */
const SYNONYMS: Readonly<Record<string, string>> = {
  create: 'new',
  delete: 'yank',
  download: 'pull',
  fetch: 'pull',
  install: 'pull',
  lint: 'check',
  ls: 'list',
  remove: 'yank',
  scaffold: 'new',
  show: 'info',
  unpublish: 'yank',
  upgrade: 'update',
  upload: 'push',
  validate: 'check',
};

/** What is wrong with a command line, with the nearest that would be right. */
export function usageError(error: CommanderError, program: Command, args: readonly string[]): PackyardError {
  const { command } = findCommand(program, args);
  const word = /^error: unknown (?:command|option) '([^]*?)'(?:\n|$)/u.exec(error.message)?.[1];
  if (word !== undefined && error.code === 'commander.unknownCommand') return unknownCommand(command, word, error);
  if (word !== undefined) return unknownFlag(command, word, error);
  return failure(sentence(error.message), nearestChoice(error.message), seeHelp(command), error);
}

/** `command` has no command of that name. */
export function unknownCommand(command: Command, word: string, cause?: CommanderError): PackyardError {
  const names = command.commands.map((each) => each.name());
  const synonym = SYNONYMS[word];
  const near = synonym !== undefined && names.includes(synonym) ? synonym : nearest(word, names);
  const path = ['packyard', ...commandPath(command)].join(' ');
  const full = near === undefined ? undefined : `${path} ${near}`;
  return failure(`${JSON.stringify(word)} is no command of ${path}.`, full, `${path} --help lists them all.`, cause);
}

function unknownFlag(command: Command, word: string, cause: CommanderError): PackyardError {
  const flags = command.createHelp().visibleOptions(command);
  const long = flags.flatMap((flag) => flag.long ?? []);
  const short = flags.flatMap((flag) => flag.short ?? []);
  const name = word.replace(/=[^]*$/u, '');
  const near = name.startsWith('--') ? nearest(name, long) : (otherCase(name, short) ?? nearest(`-${name}`, long));
  const path = ['packyard', ...commandPath(command)].join(' ');
  return failure(`${JSON.stringify(word)} is no flag of ${path}.`, near, seeHelp(command), cause);
}

/** Of a value that is none of the words that an option or argument takes. */
function nearestChoice(message: string): string | undefined {
  const [, value, words] =
    /(?:argument|value) '([^]*)' is invalid(?: for argument '[^']*')?\. It is one of (.*)\.$/u.exec(message) ?? [];
  return value === undefined || words === undefined ? undefined : nearest(value, words.split(', '));
}

/** By slips of the keyboard; else the only one that begins with the word. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const near = suggest(word, candidates);
  if (near !== undefined) return near;
  const longer = word.replaceAll('-', '') === '' ? [] : candidates.filter((each) => each.startsWith(word));
  return longer.length === 1 ? longer[0] : undefined;
}

function otherCase(flag: string, candidates: readonly string[]): string | undefined {
  return candidates.find((each) => each.toLowerCase() === flag.toLowerCase());
}

function seeHelp(command: Command): string {
  const path = commandPath(command);
  if (path.length === 0) return 'Flags come after the command; packyard --help lists all commands.';
  return `Run packyard ${path.join(' ')} --help to see what it takes.`;
}

function failure(message: string, near: string | undefined, hint: string, cause?: CommanderError): PackyardError {
  return new PackyardError({
    code: 'usage',
    message,
    hint: near === undefined ? hint : `Did you mean ${near}? ${hint}`,
    ...(cause !== undefined && { cause }),
  });
}

/** As commander says it, with a capital letter and a full stop. */
function sentence(message: string): string {
  const text = message
    .replace(/^error: (?:command-argument )?/u, '')
    .replace(/\n\(Did you mean [^]*$/u, '')
    .replace(/^(option '.*') argument missing$/u, '$1 needs a value');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/u.test(text) ? '' : '.'}`;
}
