import { lastWord, withCommandsBelow, type CompletedCommand, type CompletedFlag } from './completed-command.ts';
import type { ValueSource } from './value-sources.ts';

/** A script for fish from 3.0 on. Names that come from Git and registries are data to it, which it escapes itself. */
export function fishCompletion(program: CompletedCommand): string {
  const commands = withCommandsBelow(program);
  const groups = commands.filter(({ path, commands: below }) => path !== '' && below.length > 0);
  return [
    HEAD.replace('GROUPS', groups.map(({ path }) => quoted(path)).join(' ')),
    'complete -c packyard -e\ncomplete -c packyard -f',
    ...commands.map((command) => commandLines(command).join('\n')),
    '',
  ].join('\n');
}

function commandLines(command: CompletedCommand): readonly string[] {
  const here = `complete -c packyard -n ${quoted(`__packyard_at ${quoted(command.path)}`)}`;
  const words = command.commands.map((each) => `${here} -a ${quoted(lastWord(each))} -d ${quoted(each.summary)}`);
  const sources = command.arguments.flatMap((argument) => argument.sources);
  const values = sources.length === 0 ? [] : [`${here} ${offer(sources)}`];
  return [...words, ...values, ...command.flags.map((flag) => `${here} ${flagPart(flag)}`)];
}

function flagPart({ spellings, description, value }: CompletedFlag): string {
  const names = spellings.map((each) => (each.startsWith('--') ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`));
  // A value is wanted (-r), and files are none (-f) but where they are asked for (-F).
  const taken = value === undefined ? [] : ['-r', ...(isOfFiles(value.sources) ? [] : ['-f']), offer(value.sources)];
  return [...names, ...taken, `-d ${quoted(description)}`].filter((part) => part !== '').join(' ');
}

function isOfFiles(sources: readonly ValueSource[]): boolean {
  return sources.some(({ from }) => from === 'files');
}

/** All in one `-a`, because the last one counts. */
function offer(sources: readonly ValueSource[]): string {
  const words = sources.flatMap((source) => {
    if (source.from === 'files') return [];
    if (source.from === 'directories') return ['(__packyard_directories)'];
    // A description of its own, though empty, keeps that of the flag from standing behind each word.
    return source.from === 'words' ? source.words.map((word) => `${word}\\t`) : [`(__packyard_${source.from})`];
  });
  const given = [...new Set(words)];
  return [...(given.length === 0 ? [] : [`-a ${quoted(given.join(' '))}`]), ...(isOfFiles(sources) ? ['-F'] : [])].join(
    ' ',
  );
}

/** Between single quotes, as fish reads it. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}

const HEAD = String.raw`# Completion of packyard for fish, as "packyard completion fish" prints it.

# Whether the words before the cursor name that command.
function __packyard_at
    set -l path
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and break
        set path $path $word
        contains -- "$path" GROUPS; or break
    end
    test "$path" = "$argv"
end

# The word at the cursor may be a flag with its value.
function __packyard_directories
    __fish_complete_directories (commandline -ct | string replace -r -- '^--[^=]*=' '')
end

function __packyard_revisions
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
end

function __packyard_packs
    packyard list --offline --quiet 2>/dev/null | sed -e 1d -e 's/ .*//'
end

function __packyard_registries
    packyard registry list --quiet 2>/dev/null | sed -e 's/^..//' -e 's/ .*//'
end
`;
