import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { MAIN } from './cli.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** Whether a program is installed. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

export interface CompletionOptions {
  readonly script: string;
  /** The current folder; a new folder beside it holds what the shell needs. */
  readonly cwd: string;
  /** An empty folder for files of the harness. */
  readonly own: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a real shell offers where the last of the words stands under the cursor, without descriptions, sorted. */
export function completionsIn(shell: Shell, words: readonly string[], options: CompletionOptions): readonly string[] {
  const { script, cwd, own, env } = options;
  const file = join(own, `script.${shell}`);
  writeFileSync(file, script);
  const programs = join(own, 'bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'packyard'), `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`);
  chmodSync(join(programs, 'packyard'), 0o755);
  const environment = {
    PATH: [programs, process.env['PATH']].join(delimiter),
    HOME: own,
    TERM: 'dumb',
    LC_ALL: 'C.UTF-8',
    PACKYARD_CACHE_DIR: join(own, 'cache'),
    PACKYARD_CONFIG_DIR: join(own, 'config'),
    ...env,
  };
  const output = join(own, 'offered');
  writeFileSync(output, '');
  writeFileSync(join(own, 'harness'), HARNESSES[shell]);
  const args = [...NO_SETTINGS[shell], join(own, 'harness'), file, output, ...words];
  const text = execFileSync(shell, args, { cwd, env: environment, encoding: 'utf8', timeout: 60_000 });
  const lines = `${text}${readFileSync(output, 'utf8')}`.split('\n').filter((line) => line !== '');
  return [...new Set(lines)].toSorted();
}

const NO_SETTINGS: Readonly<Record<Shell, readonly string[]>> = {
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

const BASH = String.raw`
source "$1"
shift 2
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_packyard
printf '%s\n' "${'$'}{COMPREPLY[@]}"
`;

const FISH = String.raw`
source $argv[1]
set -l words (string escape -- $argv[3..-1])
test "$words[-1]" = "''"; and set words[-1] ''
complete -C "$words" | string replace -r '\t.*' ''
true
`;

/** Zsh completes in a terminal only: another zsh in a pseudo-terminal gets the words and a tab. */
const ZSH = String.raw`
script=$1 output=$2
shift 2
zmodload zsh/zpty
inner="
PS1=''
unset zle_bracketed_paste
autoload -U compinit; compinit -u -d ${'$'}{(q)output}.dump
source ${'$'}{(q)script}
bindkey '^I' complete-word
compadd() {
  if [[ \" \$* \" == *\ -[a-zA-Z]#[OAD]\ * ]]; then builtin compadd \"\$@\"; return \$?; fi
  local -a hits
  builtin compadd -O hits \"\$@\"
  (( \$#hits )) && print -rl -- \$hits >> ${'$'}{(q)output}
  builtin compadd \"\$@\"
}
finish() { print done > ${'$'}{(q)output}.done; exit }
comppostfuncs=(finish)
"
print -r -- "$inner" > $output.zsh
zpty inner zsh -f -i
zpty -w inner "source ${'$'}{(q)output}.zsh; print -r READY"
zpty -r -m inner line '*READY*READY*'
line="${'$'}{(j: :)@}"
zpty -w -n inner "$line"$'\t'
while [[ ! -e $output.done ]] && zpty -t inner; do zpty -r -t inner rest; sleep 0.02; done
rm -f $output.done
zpty -d inner
`;

const HARNESSES: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
