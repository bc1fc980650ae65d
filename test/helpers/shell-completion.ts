import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { MAIN } from './cli.ts';
import { requirePosix } from './sandbox.ts';

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

/** For each line behind the prompt, what a real shell offers at its end, without descriptions, sorted. */
export function completionsIn(
  shell: Shell,
  lines: readonly string[],
  { script, cwd, own, env }: CompletionOptions,
): readonly (readonly string[])[] {
  requirePosix('shell');
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
  const questions = lines.map((line) => `ask ${wordsOf(shell, line).map(quoted).join(' ')}\nprint_end\n`);
  writeFileSync(join(own, 'harness'), `${HARNESSES[shell]}\n${questions.join('')}`);
  const args = [...NO_SETTINGS[shell], join(own, 'harness'), file, join(own, 'offered')];
  const text = execFileSync(shell, args, { cwd, env: environment, encoding: 'utf8', timeout: 60_000 });
  const answers = text.split(`${END}\n`).map((answer) => answer.split('\n').filter((line) => line !== ''));
  return answers.slice(0, -1).map((answer) => [...new Set(answer)].toSorted());
}

/** Bash parts words at more than spaces. */
function wordsOf(shell: Shell, line: string): readonly string[] {
  const words = line.split(' ');
  if (shell !== 'bash') return words;
  return words.flatMap((word) => (word === '' ? [''] : word.split(/([=:@]+)/u).filter((part) => part !== '')));
}

/** Words of tests have neither quotes nor backslashes, so that every shell reads this alike. */
function quoted(word: string): string {
  return `'${word}'`;
}

const NO_SETTINGS: Readonly<Record<Shell, readonly string[]>> = {
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

const END = '--- end ---';

const BASH = String.raw`
source "$1"
ask() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _packyard
  printf '%s\n' "${'$'}{COMPREPLY[@]}"
}
print_end() { echo '${END}'; }
`;

const FISH = String.raw`
source $argv[1]
function ask
    set -l words (string escape -- $argv)
    test "$words[-1]" = "''"; and set words[-1] ''
    complete -C "$words" | string replace -r '\t.*' ''
    true
end
function print_end
    echo '${END}'
end
`;

/** Zsh completes in a terminal only: another zsh in a pseudo-terminal gets the lines and a tab behind each. */
const ZSH = String.raw`
script=$1 output=$2
zmodload zsh/zpty
inner="
PS1=''
unset zle_bracketed_paste
unsetopt auto_list auto_menu
autoload -U compinit; compinit -u -D
source ${'$'}{(q)script}
compadd() {
  if [[ \" \$* \" == *\ -[a-zA-Z]#[OAD]\ * ]]; then builtin compadd \"\$@\"; return \$?; fi
  local -a hits
  builtin compadd -O hits \"\$@\"
  (( \$#hits )) && print -rl -- \$hits >> ${'$'}{(q)output}
  builtin compadd \"\$@\"
}
zle -C offered complete-word _main_complete
answer() { zle offered; BUFFER=''; print > ${'$'}{(q)output}.done }
zle -N answer
bindkey '^I' answer
exec 2>> ${'$'}{(q)output}.errors
"
print -r -- "$inner" > $output.zsh
zpty inner zsh -f -i
zpty -w inner "source ${'$'}{(q)output}.zsh; print -r READY"
zpty -r -m inner line '*READY*READY*'
ask() {
  rm -f $output $output.done
  zpty -w -n inner "${'$'}{(j: :)@}"$'\t'
  while [[ ! -e $output.done ]] && zpty -t inner; do zpty -r -t inner rest; sleep 0.01; done
  [[ ! -e $output ]] || cat $output
  cat $output.errors
}
print_end() { print -r -- '${END}' }
`;

const HARNESSES: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
