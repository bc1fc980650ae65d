import type { Command } from 'commander';

import { choice } from './arguments.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const HELP = `
Keep the script where the shell looks for it, or load it in the file that the shell reads when it starts. Make it anew
after an update of Packyard. It never asks a registry anything: packs are those that the cache holds.

Examples:
  packyard completion bash > ~/.local/share/bash-completion/completions/packyard
                                        for the package bash-completion; make the folder first
  packyard completion bash >> ~/.bashrc
                                        for bash without that package
  packyard completion zsh > ~/.zfunc/_packyard
                                        for zsh, where ~/.zshrc has: fpath+=~/.zfunc; autoload -U compinit; compinit
  packyard completion fish > ~/.config/fish/completions/packyard.fish

${EXIT_CODES}`;

export function addCompletionCommand(program: Command, { terminal, wholeProgram }: CommandContext): void {
  program
    .command('completion')
    .argument('<shell>', `which shell: ${SHELLS.join(', ')}`, choice(SHELLS))
    .summary('print a script that completes commands in a shell')
    .description('Prints a script with which a shell completes commands, flags and their values.')
    .addHelpText('after', HELP)
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('./completion/completion-script.ts');
      terminal.out(completionScript(shell, await wholeProgram()));
    });
}
