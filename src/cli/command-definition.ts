import type { Argument, Command, Option } from 'commander';

import { commandPath } from './find-command.ts';
import { helpBlocks, type HelpBlocks } from './help-blocks.ts';

/** A command as data: what help, completion, the manual and the reference say of it. */
export interface CommandDefinition extends HelpBlocks {
  /** `['registry', 'add']`; empty for the program itself. */
  readonly path: readonly string[];
  /** The heading of help that it stands below; empty where there is none. */
  readonly group: string;
  readonly summary: string;
  readonly description: string;
  /** `packyard registry add [options] <name> <url>` */
  readonly usage: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  readonly commands: readonly CommandDefinition[];
}

export interface ArgumentDefinition {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly choices: readonly string[];
}

export interface OptionDefinition {
  /** `-q, --quiet`, `--repo <dir>` */
  readonly flags: string;
  readonly short?: string;
  readonly long: string;
  readonly description: string;
  /** What it takes, where it takes a value. */
  readonly value?: { readonly name: string; readonly required: boolean; readonly variadic: boolean };
  readonly repeatable: boolean;
  readonly choices: readonly string[];
  /** As JSON writes it. */
  readonly default?: string;
}

/** Definitions of a command and of all below it, in the order of help. */
export function commandDefinition(command: Command): CommandDefinition {
  const help = command.createHelp();
  return {
    path: commandPath(command),
    group: command.helpGroup(),
    summary: command.summary() || command.description(),
    description: command.description(),
    usage: help.commandUsage(command),
    arguments: command.registeredArguments.map(argumentDefinition),
    options: help.visibleOptions(command).map(optionDefinition),
    commands: command.commands.map(commandDefinition),
    ...helpBlocks(textAfterHelp(command)),
  };
}

function argumentDefinition(argument: Argument): ArgumentDefinition {
  const { description, required, variadic, parseArg, argChoices } = argument;
  return { name: argument.name(), description, required, variadic, choices: argChoices ?? choicesOf(parseArg) };
}

function optionDefinition(option: Option): OptionDefinition {
  const { flags, short, long, description, required, optional, variadic, defaultValue, parseArg, argChoices } = option;
  const name = /[<[](.+?)(?:\.{3})?[>\]]$/u.exec(flags)?.[1];
  const usual: unknown = defaultValue;
  return {
    flags,
    ...(short !== undefined && { short }),
    long: long ?? flags,
    description,
    ...((required || optional) && name !== undefined && { value: { name, required, variadic } }),
    repeatable: variadic || description.includes('may be repeated'),
    choices: argChoices ?? choicesOf(parseArg),
    ...(usual !== undefined && { default: JSON.stringify(usual) }),
  };
}

function choicesOf(parse: unknown): readonly string[] {
  const given: unknown = typeof parse === 'function' && 'choices' in parse ? parse.choices : [];
  return Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
}

/** What `addHelpText` put behind commander's own help, which has no other way to it. */
function textAfterHelp(command: Command): string {
  const before = command.configureOutput();
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part), getOutHasColors: () => false });
  command.outputHelp();
  command.configureOutput(before);
  return text.slice(command.helpInformation().length);
}
