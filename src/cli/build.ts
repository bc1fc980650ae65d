import type { Command } from 'commander';

import type { BuildOptions } from '../build/build-options.ts';
import type { BuildResult } from '../build/build.ts';
import { PackyardError } from '../errors.ts';
import { collect } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { progressReporter, silentProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

interface BuildFlags extends CommonFlags {
  readonly repo: string;
  readonly rev?: string;
  readonly out: string;
  readonly cache: boolean;
  readonly keepGoing?: boolean;
  readonly previous?: string;
  readonly changesOnly?: boolean;
  readonly base?: string;
  readonly supersede?: readonly string[];
  readonly message?: string;
  readonly rollback?: boolean;
  readonly dryRun?: boolean;
  readonly timings?: boolean;
}

const HELP = `
Examples:
  packyard build                          the work tree of the current repository, into public/
  packyard build --rev v1.2 --out site    a tag, straight from Git's objects
  packyard build --repo mirror.git --rev main --dry-run
                                          what a branch of a bare repository would give
  packyard build --previous https://packs.example.org
                                          only what changed since it was published is read and packed
  packyard build --previous public --supersede nginx@1.2.0 --message "wrong image digest"
                                          change what is published, on purpose
  packyard build --keep-going --json      everything that is in order, the result as JSON

${EXIT_CODES}`;

export function addBuildCommand(program: Command, context: CommandContext): void {
  program
    .command('build')
    .summary('make the static registry from a repository of packs')
    .description(
      'Makes the static registry from a Git repository of packs: checks every pack, packs what changed, writes the difference.',
    )
    .option('--repo <dir>', 'a folder of the repository', '.')
    .option('--rev <commit>', 'a commit, branch or tag to build; default: the work tree')
    .option('--out <dir>', 'output directory', 'public')
    .option('--keep-going', 'build everything else when a pack has errors; the exit status is still 1')
    .option(
      '--previous <location>',
      'where the registry is published, a folder or a URL: what did not change is reused',
    )
    .option('--changes-only', 'with --previous: write only what is not published yet')
    .option('--base <commit>', 'a commit whose releases count as published, where --previous is not at hand')
    .option('--supersede <name@version>', 'replace the published content of a release; may be repeated', collect)
    .option('--message <text>', 'why; it is recorded for clients to see')
    .option('--rollback', 'build an older commit than the one that is published')
    .option('--dry-run', 'print what would be written and removed, and change nothing')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--timings', 'print where the time went, by step')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print findings and errors only')
    .addHelpText('after', HELP)
    .action((flags: BuildFlags) => runBuild(flags, context));
}

async function runBuild(flags: BuildFlags, { terminal, finish }: CommandContext): Promise<void> {
  // Else it would be the current folder; in scripts it is a variable that is not set.
  if (flags.out === '') {
    throw new PackyardError({
      code: 'usage',
      message: '--out is empty.',
      hint: 'Name a folder, such as `--out public`; `--out .` is the current one.',
    });
  }
  const { build } = await import('../build/build.ts');
  const progress = flags.quiet === true || flags.json === true ? silentProgress : progressReporter(terminal);
  let result: BuildResult;
  try {
    result = await build({ ...buildOptions(flags), onProgress: (event) => progress.report(event) });
  } finally {
    progress.end();
  }
  await printResult(result, flags, terminal);
  finish(result.ok ? 0 : 1);
}

function buildOptions({ repo, rev, out, cache, keepGoing, dryRun, ...flags }: BuildFlags): BuildOptions {
  const { previous, changesOnly, base, supersede, message, rollback } = flags;
  return {
    ...(previous !== undefined && { previous }),
    ...(base !== undefined && { base }),
    ...(supersede !== undefined && { supersede }),
    ...(message !== undefined && { message }),
    changesOnly: changesOnly === true,
    rollback: rollback === true,
    repository: repo,
    ...(rev !== undefined && { revision: rev }),
    out,
    ...(!cache && { cache: false }),
    keepGoing: keepGoing === true,
    dryRun: dryRun === true,
  };
}

async function printResult(result: BuildResult, flags: BuildFlags, terminal: Terminal): Promise<void> {
  const { buildDocument, formatPlan, formatSummary, formatTimings } = await import('./build-report.ts');
  if (flags.json === true) {
    const { jsonText } = await import('../check/reporters/json-text.ts');
    terminal.out(jsonText(buildDocument(result)));
    return;
  }
  const { formatFinding } = await import('../check/format-finding.ts');
  for (const finding of result.findings) terminal.err(`${formatFinding(finding, terminal.paintErr)}\n`);
  if (flags.dryRun === true && result.plan !== undefined) terminal.out(formatPlan(result.plan));
  if (flags.quiet !== true) terminal.out(formatSummary(result, terminal.paintOut));
  if (flags.timings === true) terminal.err(formatTimings(result.report));
}
