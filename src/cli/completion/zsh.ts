import {
  lastWord,
  withCommandsBelow,
  type CompletedArgument,
  type CompletedCommand,
  type CompletedFlag,
} from './completed-command.ts';
import { shellQuoted } from './shell-quoted.ts';
import type { ValueSource } from './value-sources.ts';

/** A script for zsh, to be found in its `fpath` as `_packyard`, or to be loaded after `compinit`. */
export function zshCompletion(program: CompletedCommand): string {
  return [HEAD, ...withCommandsBelow(program).map(commandFunction), TAIL].join('\n');
}

function commandFunction(command: CompletedCommand): string {
  const specs = command.flags.flatMap(flagSpecs);
  return command.commands.length === 0 ? leaf(command, specs) : group(command, specs);
}

function leaf(command: CompletedCommand, specs: readonly string[]): string {
  const places = command.arguments.map((argument, index) => {
    const place = argument.variadic ? '*' : String(index + 1);
    return `${place}${argument.required || argument.variadic ? ':' : '::'}${valueSpec(argument)}`;
  });
  // Nothing more is taken: _arguments wants something to look for.
  if (specs.length + places.length === 0) return `${functionName(command)}() {\n  _message 'no more words'\n}\n`;
  const lines = [...specs, ...places].map((spec) => ` \\\n    ${shellQuoted(spec)}`);
  return `${functionName(command)}() {\n  _arguments -s -S :${lines.join('')}\n}\n`;
}

/** The words of a group are those after its name, when its function is called. */
function group(command: CompletedCommand, specs: readonly string[]): string {
  const lines = specs.map((spec) => `    ${shellQuoted(spec)} \\\n`).join('');
  const names = command.commands.map((each) => `        ${shellQuoted(`${lastWord(each)}:${each.summary}`)}`);
  const arms = command.commands.map((each) => `        ${lastWord(each)}) ${functionName(each)} && status_=0 ;;`);
  return `${functionName(command)}() {
  local context state state_descr line status_=1
  local -a commands
  typeset -A opt_args
  _arguments -C -S : \\
${lines}    '1:command:->command' \\
    '*::argument:->argument' && status_=0
  case $state in
    command)
      commands=(
${names.join('\n')}
      )
      _describe -t commands command commands && status_=0
      ;;
    argument)
      curcontext="\${curcontext%:*}-$words[1]:"
      case $words[1] in
${arms.join('\n')}
      esac
      ;;
  esac
  return status_
}
`;
}

/** `(-q --quiet)-q[print errors only]`: neither is offered again, unless it may be repeated. */
function flagSpecs({ spellings, description, repeatable, value }: CompletedFlag): readonly string[] {
  const others = spellings.some((each) => ['--help', '--version'].includes(each)) ? '- *' : spellings.join(' ');
  const before = repeatable ? '*' : `(${others})`;
  const about = `[${escaped(description, /[[\]\\:]/gu)}]`;
  if (value === undefined) return spellings.map((each) => `${before}${each}${about}`);
  // The value is the next word, or follows at once: behind `=` where the flag is long.
  return spellings.map((each) => `${before}${each}${each.startsWith('--') ? '=' : '+'}${about}:${valueSpec(value)}`);
}

/** `file:_files`; a space alone means that something is wanted and nothing can be offered. */
function valueSpec({ name, sources }: CompletedArgument): string {
  const label = escaped(name, /[\\:]/gu);
  const [only, ...others] = sources;
  if (only === undefined) return `${label}: `;
  if (others.length === 0) return `${label}:${action(only)}`;
  const each = sources.map((source) => shellQuoted(escaped(`${source.from}:${source.from}:${action(source)}`, /:/gu)));
  // The space keeps out flags that are for one source of words only.
  return `${label}: _alternative ${each.join(' ')}`;
}

function action(source: ValueSource): string {
  if (source.from === 'files') return '_files';
  if (source.from === 'directories') return '_files -/';
  return source.from === 'words'
    ? `(${source.words.map((word) => escaped(word, /[^\w./-]/gu)).join(' ')})`
    : `_packyard_${source.from}`;
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, String.raw`\$&`);
}

function functionName({ path }: CompletedCommand): string {
  return path === '' ? '_packyard_program' : ['_packyard_command', ...path.split(/[ -]/u)].join('_');
}

const HEAD = String.raw`#compdef packyard
# Completion of packyard for zsh, as "packyard completion zsh" prints it.

_packyard_names() {
  local -a names
  names=(${'$'}{(f)"$(cat)"})
  compadd "$@" -a names
}

_packyard_revisions() {
  git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null | _packyard_names "$@"
}

_packyard_packs() {
  packyard list --offline --quiet 2>/dev/null | sed -e 1d -e 's/ .*//' | _packyard_names "$@"
}

_packyard_registries() {
  packyard registry list --quiet 2>/dev/null | sed -e 's/^..//' -e 's/ .*//' | _packyard_names "$@"
}
`;

const TAIL = String.raw`_packyard() {
  local curcontext="$curcontext"
  _packyard_program
}

if [ "$funcstack[1]" = _packyard ]; then
  _packyard "$@"
else
  compdef _packyard packyard
fi
`;
