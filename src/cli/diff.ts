import type { Command } from 'commander';

import type { DiffOptions } from '../build/diff/diff-options.ts';
import { DIFF_FORMATS, type DiffFormat } from '../build/diff/format-diff.ts';
import type { RegistryDiff } from '../build/diff/registry-diff.ts';
import { choice } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { progressReporter, silentProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

interface DiffFlags extends CommonFlags {
  readonly repo: string;
  readonly supersede?: readonly string[];
  readonly format?: DiffFormat;
  readonly cache: boolean;
}

const HELP = `
Examples:
  packyard diff                           what your branch and work tree change
  packyard diff origin/release HEAD       what a branch changes, without the work tree
  packyard diff v1.2 v1.3                 from one tag to another
  packyard diff --format markdown origin/main HEAD > comment.md
                                          for a comment on a pull request

BASE is where HEAD left that revision: what others changed there meanwhile is not shown.
A release is refused for new errors, and for other content under a version that was there before.

${EXIT_CODES}`;

export function addDiffCommand(program: Command, context: CommandContext): void {
  program
    .command('diff')
    .argument('[base]', 'a commit, branch or tag to compare with; default: the main branch')
    .argument('[head]', 'a commit, branch or tag with the change; default: the work tree')
    .summary('say what a change does to the registry')
    .description(
      'Says what a change does to the registry: releases added, refused and removed, what differs in each, new findings, and by how many bytes it grows.',
    )
    .option('--repo <dir>', 'a folder of the repository', '.')
    .option('--supersede <release>', 'name@version whose content may change; may be repeated', several)
    .option('--format <format>', `how to print it: ${DIFF_FORMATS.join(', ')}; default: text`, choice(DIFF_FORMATS))
    .option('--no-cache', 'neither read nor write the cache')
    .option('--json', 'the same as --format json')
    .option('-q, --quiet', 'print what is refused only')
    .addHelpText('after', HELP)
    .action((base: string | undefined, head: string | undefined, flags: DiffFlags) =>
      runDiff(base, head, flags, context),
    );
}

function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function runDiff(
  base: string | undefined,
  head: string | undefined,
  flags: DiffFlags,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const { diff } = await import('../build/diff/diff.ts');
  const progress = flags.quiet === true || formatOf(flags) !== 'text' ? silentProgress : progressReporter(terminal);
  let result: RegistryDiff;
  try {
    result = await diff({ ...diffOptions(base, head, flags), onProgress: (event) => progress.report(event) });
  } finally {
    progress.end();
  }
  await print(result, flags, terminal);
  finish(result.ok ? 0 : 1);
}

function diffOptions(
  base: string | undefined,
  head: string | undefined,
  { repo, supersede, cache }: DiffFlags,
): DiffOptions {
  return {
    repository: repo,
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head }),
    ...(supersede !== undefined && { supersede }),
    ...(!cache && { cache: false }),
  };
}

async function print(result: RegistryDiff, flags: DiffFlags, terminal: Terminal): Promise<void> {
  const { formatDiff } = await import('../build/diff/format-diff.ts');
  const { refusedPart } = await import('../build/diff/refused-part.ts');
  const format = formatOf(flags);
  if (flags.quiet === true && format === 'text' && result.ok) return;
  const shown = flags.quiet === true ? refusedPart(result) : result;
  terminal.out(await formatDiff(format, shown, { paint: terminal.paintOut, links: terminal.links }));
}

function formatOf({ format, json }: DiffFlags): DiffFormat {
  return format ?? (json === true ? 'json' : 'text');
}
