import { lastWord, withCommandsBelow, type CompletedArgument, type CompletedCommand } from './completed-command.ts';
import { shellQuoted } from './shell-quoted.ts';
import type { ValueSource } from './value-sources.ts';

/**
 * A script for bash from 3.2 on, which macOS has; it needs no other package. Names that come from Git, files and
 * registries are never expanded by the shell, and are quoted where they stand in the command line.
 */
export function bashCompletion(program: CompletedCommand): string {
  const commands = withCommandsBelow(program);
  const groups = commands.filter(({ commands: below }) => below.length > 0);
  const into = groups.flatMap(({ path, commands: below }) =>
    below.map((each) => arm([`${path}|${lastWord(each)}`], `command=${shellQuoted(each.path)}`)),
  );
  const valued = commands.flatMap(({ path, flags }) =>
    flags.flatMap(({ spellings, value }) =>
      value === undefined ? [] : [{ patterns: spellings.map((each) => `${path}|${each}`), value }],
    ),
  );
  const takes = valued.flatMap(({ patterns }) => patterns);
  const repeats = valued.flatMap(({ patterns, value }) => (value.variadic ? patterns : []));
  const values = valued.map(({ patterns, value }) => arm(patterns, offer(value.sources)));
  const flags = commands.map(({ path, flags: each }) =>
    arm([path], offerWords(each.flatMap(({ spellings }) => spellings))),
  );
  const below = groups.map(({ path, commands: each }) => arm([`${path}|0`], offerWords(each.map(lastWord))));
  const places = commands.flatMap(({ path, arguments: each }) =>
    each.map((argument, index) => placeArm(path, argument, index)),
  );
  return [
    HEAD,
    block('_packyard_enter', into, 'return 1'),
    block('_packyard_takes', listed(takes), 'return 1'),
    block('_packyard_repeats', listed(repeats), 'return 1'),
    block('_packyard_value', values, ':'),
    block('_packyard_flags', flags, ':'),
    block('_packyard_argument', [...below, ...places], '_packyard_flags "$1"'),
    TAIL,
  ].join('\n');
}

function arm(patterns: readonly string[], body: string): string {
  return `    ${patterns.map(shellQuoted).join(' | ')}) ${body} ;;`;
}

/** The last argument that may be repeated is every one from its place on. */
function placeArm(path: string, { sources, variadic }: CompletedArgument, index: number): string {
  const place = shellQuoted(`${path}|${variadic ? '' : index}`);
  return `    ${place}${variadic ? '*' : ''}) ${offer(sources)} ;;`;
}

function offer(sources: readonly ValueSource[]): string {
  const each = sources.map((source) =>
    source.from === 'words' ? offerWords(source.words) : `_packyard_${source.from}`,
  );
  return each.length === 0 ? ':' : each.join('; ');
}

function offerWords(words: readonly string[]): string {
  return ['_packyard_words', ...words.map(shellQuoted)].join(' ');
}

function listed(patterns: readonly string[]): readonly string[] {
  return patterns.length === 0 ? [] : [arm(patterns, 'return 0')];
}

/** A function that looks for `$1|$2`, or for `$1` alone. */
function block(name: string, arms: readonly string[], otherwise: string): string {
  const subject = name === '_packyard_flags' ? '$1' : '$1|$2';
  return `${name}() {\n  case "${subject}" in\n${[...arms, `    *) ${otherwise} ;;`].join('\n')}\n  esac\n}\n`;
}

const HEAD = String.raw`# Completion of packyard for bash, as "packyard completion bash" prints it.

_packyard_words() {
  local word
  for word in "$@"; do
    if [[ $word == "$current"* ]]; then COMPREPLY+=("$word"); fi
  done
}

# Reads names, one a line. They are others' words: quoted, and never expanded.
_packyard_names() {
  local name
  while IFS= read -r name; do
    if [[ -n $name && $name == "$current"* ]]; then COMPREPLY+=("$(printf %q "$name")"); fi
  done
}

_packyard_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done
}

_packyard_files() { _packyard_paths < <(compgen -f -- "$current"); }
_packyard_directories() { _packyard_paths < <(compgen -d -- "$current"); }
_packyard_revisions() {
  _packyard_names < <(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)
}
_packyard_packs() { _packyard_names < <(packyard list --offline --quiet 2>/dev/null | sed -e 1d -e 's/ .*//'); }
_packyard_registries() { _packyard_names < <(packyard registry list --quiet 2>/dev/null | sed -e 's/^..//' -e 's/ .*//'); }
`;

const TAIL = String.raw`_packyard() {
  local current=${'$'}{COMP_WORDS[COMP_CWORD]} command='' flag='' position=0 index=1 flags=yes word
  COMPREPLY=()
  while [ "$index" -lt "$COMP_CWORD" ]; do
    word=${'$'}{COMP_WORDS[index]}
    index=$((index + 1))
    case "$word" in
      =) [ -n "$flag" ] && continue ;;
    esac
    case "$word" in
      # Bash parts words there: what follows belongs to the word before.
      = | : | @) index=$((index + 1)); continue ;;
    esac
    if [ "$flags" = yes ]; then
      case "$word" in
        --) flags=no; flag=''; continue ;;
        -*) flag=''; if _packyard_takes "$command" "$word"; then flag=$word; fi; continue ;;
      esac
    fi
    if [ -n "$flag" ]; then
      _packyard_repeats "$command" "$flag" || flag=''
    elif _packyard_enter "$command" "$word"; then
      position=0
    else
      position=$((position + 1))
    fi
  done
  [ "$index" -le "$COMP_CWORD" ] || return 0
  case "$current" in
    =) [ -n "$flag" ] || return 0; current='' ;;
    : | @) return 0 ;;
  esac
  if [ -n "$flag" ] && [[ $current != -* ]]; then
    _packyard_value "$command" "$flag"
  elif [ "$flags" = yes ] && [[ $current == -* ]]; then
    _packyard_flags "$command"
  else
    _packyard_argument "$command" "$position"
  fi
}

complete -F _packyard packyard
`;
