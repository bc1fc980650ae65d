import type { Command } from 'commander';

import type { BumpOptions, BumpPlan } from '../contribute/bump/bump-plan.ts';
import { isError } from '../model/finding.ts';
import { choice, collect } from './arguments.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';

interface BumpFlags extends CommonFlags {
  readonly chart?: readonly string[];
  readonly manifest?: readonly string[];
  readonly conflicts?: 'ours' | 'theirs';
  readonly repo: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly cache: boolean;
}

const DESCRIPTION =
  'Makes the next version of a pack: beside the one before, or in its place where the repository has one directory for each pack.';

const HELP = `
With --chart another version of its chart comes in, and what the pack says of it in values.yaml is merged with what has
become of the chart's own values: the author's changes stay, everything else follows the chart.

Examples:
  packyard bump nginx                                 the next free version, to be edited
  packyard bump nginx 1.3.0 --chart nginx-1.3.0.tgz   with another chart, values merged
  packyard bump nginx --chart https://example.org/charts/nginx-1.3.0.tgz --dry-run
  packyard bump packs/nginx-1.2.3 --chart ../nginx --conflicts theirs
  packyard bump operator@1.8.0 1.8.1 --manifest build/operator.yaml

${EXIT_CODES}`;

export function addBumpCommand(program: Command, context: CommandContext): void {
  program
    .command('bump')
    .argument('<pack>', 'its name, for the newest version, or NAME@VERSION, or its directory')
    .argument('[version]', 'the next one; default: that of the new chart, else the next that is free')
    .summary('make the next version of a pack')
    .description(DESCRIPTION)
    .option(
      '--chart <chart>',
      'a new version of its chart: a .tgz file, a directory, or a URL; may be repeated',
      collect,
    )
    .option('--manifest <file...>', 'a file that takes the place of the manifest of the same name')
    .option(
      '--conflicts <side>',
      'what becomes of values that the pack and the chart changed differently: ours (the pack), theirs (the chart)',
      choice(['ours', 'theirs'] as const),
    )
    .option('--repo <dir>', 'a folder of the repository', '.')
    .option('--out <dir>', 'make it in this directory')
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((pack: string, version: string | undefined, flags: BumpFlags) =>
      runBump({ pack, version }, flags, context),
    );
}

async function runBump(
  { pack, version }: { readonly pack: string; readonly version: string | undefined },
  flags: BumpFlags,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const { chart, manifest, conflicts, repo, out, dryRun = false, cache, json, quiet } = flags;
  const options: BumpOptions = {
    repository: repo,
    pack,
    ...(version !== undefined && { version }),
    ...(chart !== undefined && { charts: chart }),
    ...(manifest !== undefined && { manifests: manifest }),
    ...(conflicts !== undefined && { conflicts }),
    ...(out !== undefined && { out }),
    ...(!cache && { cache: false }),
  };
  const plan = await make(options, dryRun);
  const { bumpDocument, formatBump } = await import('./bump-report.ts');
  if (json === true) terminal.out(jsonText(bumpDocument(plan, dryRun)));
  else if (quiet !== true) terminal.out(formatBump(plan, dryRun, terminal.paintOut));
  finish(plan.findings.some(isError) ? 1 : 0);
}

async function make(options: BumpOptions, dryRun: boolean): Promise<BumpPlan> {
  if (dryRun) return (await import('../contribute/bump/plan-bump.ts')).planBump(options);
  return (await import('../contribute/bump/bump.ts')).bump(options);
}
