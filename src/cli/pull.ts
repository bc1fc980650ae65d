import { statSync } from 'node:fs';

import type { Command } from 'commander';

import type { RegistryOf } from '../client/lock/registry-of.ts';
import type { PlanPullOptions } from '../client/pull/plan-pull.ts';
import type { PullFailure, PullPlan, PullResult } from '../client/pull/pull-plan.ts';
import type { PackReference } from '../client/reference.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { addRegistryFlags, type RegistryFlags } from './registry-flags.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

interface PullFlags extends RegistryFlags {
  readonly to?: string;
  readonly archive?: boolean;
  readonly force?: boolean;
  readonly allowYanked?: boolean;
  readonly minAge?: string;
  readonly dryRun?: boolean;
  readonly locked?: boolean;
}

const HELP = `
A pack is named as
  nginx                  its latest release
  nginx@1.2.3            that version
  nginx@1.x, nginx@1.2.x the highest of a train
  "nginx@>=1.2 <2"       the highest of a range
  nginx:LTS__1.2.x       what a tag names
  nginx@sha256:3f2a…     the release with that digest, of the archive or of what is in it
The folder comes last and is written as a path: ".", "./packs", "/srv/packs". A bare word is always a pack.

Examples:
  packyard pull nginx                      unpack the latest release into ./nginx-1.3.1
  packyard pull nginx@1.x redis ./packs    two packs, into the folder packs
  packyard pull nginx --archive --to /srv  keep /srv/nginx-1.3.1.tar.gz
  packyard pull nginx --min-age 3d         no release that is younger than three days
  packyard pull --locked ./packs           what packyard.lock pins

${EXIT_CODES}`;

export function addPullCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('pull')
    .argument('[packs...]', 'packs to fetch, and last the folder for them; default: the current folder')
    .usage('[options] NAME[@SELECTOR|:TAG|@sha256:…]… [DIR]')
    .summary('fetch packs, verify them and unpack them')
    .description(
      'Fetches packs, verifies every byte and unpacks each into DIR/<name>-<version>. What is there already and was changed is never overwritten without --force.',
    );
  addRegistryFlags(command)
    .option('--to <dir>', 'where the packs go; default: DIR, else the current folder')
    .option('--archive', 'keep each archive as <name>-<version>.tar.gz, and unpack nothing')
    .option('--force', 'replace what is there and differs')
    .option('--allow-yanked', 'also a release that is yanked or disabled, where it is named exactly')
    .option('--min-age <age>', 'ignore releases younger than that, as in 3d, 12h or 2w')
    .option('--locked', 'pull exactly what packyard.lock pins: all of it, or the packs that are named')
    .option('--dry-run', 'print what would be fetched and where it would go, and fetch nothing')
    .addHelpText('after', HELP)
    .action(async (args: readonly string[], flags: PullFlags) => finish(await runPull(args, flags, terminal)));
}

async function runPull(args: readonly string[], flags: PullFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ pullArguments, withFolderHint }, { minAgeOf }] = await Promise.all([
    import('./pull-arguments.ts'),
    import('../client/min-age.ts'),
  ]);
  const { references, directory } = pullArguments(args, flags.to, isFolder);
  const minAge = flags.minAge === undefined ? undefined : minAgeOf(flags.minAge);
  if (flags.locked === true && minAge !== undefined) throw await ageOfLocked();
  if (references.length === 0 && flags.locked !== true) throw await nothingNamed(directory);
  const { projectRegistries } = await import('./project-registries.ts');
  const registries = projectRegistries(flags, terminal);
  const { archive, allowYanked, quiet } = flags;
  try {
    const planned = await planOf(references, flags, registries.of, {
      ...(directory !== undefined && { directory }),
      ...(archive === true && { archive }),
      ...(allowYanked === true && { allowYanked }),
      ...(minAge !== undefined && { minAge }),
      ...(quiet !== true && flags.locked === true && { onWarning: (warning) => printWarning(warning, terminal) }),
    });
    const failures = planned.failures.map((each) => ({ ...each, error: withFolderHint(each.error, args, flags.to) }));
    const plan = { ...planned, failures };
    if (quiet !== true) printWarnings(plan, terminal);
    return flags.dryRun === true ? await reportPlan(plan, flags, terminal) : await applyPlan(plan, flags, terminal);
  } finally {
    await registries.close();
  }
}

async function planOf(
  references: readonly PackReference[],
  { locked }: PullFlags,
  open: RegistryOf,
  options: PlanPullOptions,
): Promise<PullPlan> {
  if (locked === true) return (await import('./pull-locked.ts')).planLocked(process.cwd(), references, open, options);
  const { planPull } = await import('../client/pull/plan-pull.ts');
  return planPull(await open(undefined), references, options);
}

async function applyPlan(plan: PullPlan, flags: PullFlags, terminal: Terminal): Promise<ExitCode> {
  const [{ applyPull }, { pullProgress, silentPullProgress }] = await Promise.all([
    import('../client/pull/apply-pull.ts'),
    import('./pull-progress.ts'),
  ]);
  const progress = flags.quiet === true ? silentPullProgress : pullProgress(terminal);
  progress.report({ kind: 'planned', plan });
  const applied = applyPull(plan, { ...(flags.force === true && { force: true }), onProgress: progress.report });
  const { result, failures } = await outcomeOf(applied.finally(progress.end));
  return reportResult(result, failures, flags, terminal);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function nothingNamed(directory: string | undefined): Promise<Error> {
  const { PackyardError } = await import('../errors.ts');
  return new PackyardError({
    code: 'usage',
    message:
      directory === undefined ? 'No pack is named.' : `${JSON.stringify(directory)} is a folder, and no pack is named.`,
    hint: 'Name one or several, as in packyard pull nginx redis@7.x; "packyard list" shows which there are.',
  });
}

async function ageOfLocked(): Promise<Error> {
  const { PackyardError } = await import('../errors.ts');
  return new PackyardError({
    code: 'usage',
    message: '--min-age and --locked do not go together: a lock says which release it is, however young.',
    hint: 'Leave one of them out; "minAge" in packyard.json is for "packyard lock" and "packyard update".',
  });
}

function printWarnings({ packs }: PullPlan, terminal: Terminal): void {
  for (const warning of packs.flatMap(({ warnings }) => warnings)) printWarning(warning, terminal);
}

interface PullOutcome {
  readonly result: PullResult;
  readonly failures: readonly PullFailure[];
}

async function outcomeOf(operation: Promise<PullResult>): Promise<PullOutcome> {
  const { PullError } = await import('../client/pull/pull-error.ts');
  try {
    return { result: await operation, failures: [] };
  } catch (error) {
    if (error instanceof PullError) return error;
    throw error;
  }
}

async function reportPlan(plan: PullPlan, { json, quiet }: PullFlags, terminal: Terminal): Promise<ExitCode> {
  const { planDocument, planText } = await import('./pull-report.ts');
  if (json === true) terminal.out(planDocument(plan));
  else if (quiet !== true) terminal.out(planText(plan, process.cwd()));
  return reportFailures(plan.failures, terminal, json === true);
}

async function reportResult(
  result: PullResult,
  failures: readonly PullFailure[],
  { json, quiet }: PullFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { pullDocument, pullText } = await import('./pull-report.ts');
  if (json === true) terminal.out(pullDocument(result, failures));
  else if (quiet !== true) terminal.out(pullText(result, process.cwd()));
  return reportFailures(failures, terminal, json === true);
}

/** Each failure once, however many packs have it; the status is the worst. */
async function reportFailures(failures: readonly PullFailure[], terminal: Terminal, json: boolean): Promise<ExitCode> {
  if (failures.length === 0) return 0;
  const { reportError } = await import('./report-error.ts');
  const silent: Terminal = { ...terminal, out: () => undefined, err: () => undefined };
  const said = new Map<string, ExitCode>();
  for (const { error } of failures) {
    const text = String(error);
    if (!said.has(text)) said.set(text, reportError(error, json ? silent : terminal, false));
  }
  if (!json && failures.length > 1) {
    const names = failures.flatMap(({ references }) => references);
    terminal.err(`${failures.length} packs were not pulled: ${names.join(', ')}\n`);
  }
  return Math.max(...said.values()) as ExitCode;
}
