import { relative } from 'node:path';

import type { Command } from 'commander';

import type { CheckOptions } from '../build/check-options.ts';
import type { CheckResult } from '../build/check-source.ts';
import { FORMATS, type Format } from '../check/formats.ts';
import { PackyardError } from '../errors.ts';
import { PRESETS, type Preset } from '../model/check-config.ts';
import { choice, wholeNumber } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { progressReporter, silentProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

interface CheckFlags extends CommonFlags {
  readonly repo: string;
  readonly rev?: string;
  readonly since?: string;
  readonly preset?: Preset;
  readonly strict?: boolean;
  readonly format?: Format;
  readonly maxWarnings?: number;
  readonly fix?: boolean;
  readonly unsafe?: boolean;
  readonly dryRun?: boolean;
  /** A file, or false for none. */
  readonly baseline?: string | false;
  readonly updateBaseline?: boolean;
  readonly stdinFile?: string;
  readonly cache: boolean;
}

const HELP = `
Examples:
  packyard check                          every pack of the current repository
  packyard check packs/hello-1.0.0        one pack, or all below a folder
  packyard check --since origin/main      what a pull request changes
  packyard check --strict --max-warnings 0
  packyard check --fix --since HEAD       repair what can be repaired safely in the packs that you work on
  packyard check --update-baseline        put up with what is there now; only what is new fails
  packyard check --format sarif > packs.sarif
  packyard explain chart/missing-file     what a rule means, and how to mend what it finds

${EXIT_CODES}`;

export function addCheckCommand(program: Command, context: CommandContext): void {
  program
    .command('check')
    .argument('[paths...]', 'folders of packs, or folders above them; default: all of the repository')
    .summary('find what is wrong with packs')
    .description(
      'Finds what is wrong with packs before a reviewer or a cluster does. Paths choose packs; default: all.',
    )
    .option('--repo <dir>', 'a folder of the repository', '.')
    .option('--rev <commit>', 'a commit, branch or tag to check; default: the work tree')
    .option('--since <commit>', 'only packs that differ from this commit, and what depends on all packs')
    .option('--preset <name>', `levels to begin with: ${PRESETS.join(', ')}`, choice(PRESETS))
    .option('--strict', 'the same as --preset strict')
    .option('--format <format>', `how to print findings: ${FORMATS.join(', ')}; default: text`, choice(FORMATS))
    .option('--max-warnings <number>', 'fail when there are more warnings', wholeNumber)
    .option('--fix', 'repair what can be repaired safely, in the work tree')
    .option('--unsafe', 'with --fix: repair also what needs a second look')
    .option('--dry-run', 'with --fix: print what would change, and change nothing')
    .option('--baseline <file>', 'known findings; default: as configured, else packyard-baseline.json')
    .option('--no-baseline', 'report known findings too')
    .option('--update-baseline', 'make the findings of now the known ones')
    .option('--stdin-file <path>', 'check one file, with its content from standard input')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--json', 'the same as --format json')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((paths: string[], flags: CheckFlags) => runCheck(paths, flags, context));
}

async function runCheck(
  paths: readonly string[],
  flags: CheckFlags,
  { terminal, finish }: CommandContext,
): Promise<void> {
  refuse(paths, flags);
  const { check } = await import('../build/check-repository.ts');
  const progress = flags.quiet === true || format(flags) !== 'text' ? silentProgress : progressReporter(terminal);
  const options = { ...checkOptions(paths, flags), ...(await replacementOf(flags)) };
  let result: CheckResult;
  try {
    if (flags.fix === true) await runFix(options, flags, terminal);
    result = await check({ ...options, onProgress: (event) => progress.report(event) });
  } finally {
    progress.end();
  }
  if (flags.updateBaseline === true) {
    await updateKnown(result, terminal, flags);
    finish(0);
    return;
  }
  await print(result, flags, terminal);
  finish(statusOf(result, flags.maxWarnings));
}

function refuse(
  paths: readonly string[],
  { updateBaseline, since, stdinFile, fix, unsafe, dryRun, rev, baseline }: CheckFlags,
): void {
  const wrong = [
    updateBaseline === true && dryRun === true && ['--update-baseline', '--dry-run'],
    updateBaseline === true && rev !== undefined && baseline === undefined && ['--update-baseline', '--rev'],
    updateBaseline === true && paths.length > 0 && ['--update-baseline', 'paths'],
    updateBaseline === true && since !== undefined && ['--update-baseline', '--since'],
    updateBaseline === true && stdinFile !== undefined && ['--update-baseline', '--stdin-file'],
    updateBaseline === true && baseline === false && ['--update-baseline', '--no-baseline'],
    fix === true && rev !== undefined && ['--fix', '--rev'],
    fix === true && stdinFile !== undefined && ['--fix', '--stdin-file'],
  ].find((pair) => pair !== false);
  if (wrong !== undefined) {
    throw new PackyardError({
      code: 'usage',
      message: `${wrong[0]} and ${wrong[1]} do not go together.`,
      hint: 'Leave out one of the two.',
    });
  }
  const alone = unsafe === true ? '--unsafe' : '--dry-run';
  if (fix !== true && (unsafe === true || dryRun === true)) {
    throw new PackyardError({ code: 'usage', message: `${alone} needs --fix.`, hint: 'Add --fix, or leave it out.' });
  }
}

function checkOptions(paths: readonly string[], flags: CheckFlags): CheckOptions {
  const { repo, rev, since, preset, strict, baseline, cache, updateBaseline } = flags;
  const levels = strict === true ? 'strict' : preset;
  return {
    repository: repo,
    ...(rev !== undefined && { revision: rev }),
    ...(since !== undefined && { since }),
    ...(paths.length > 0 && { paths }),
    ...(levels !== undefined && { preset: levels }),
    ...(baseline !== undefined && { baseline }),
    ...(updateBaseline === true && { replaceBaseline: true }),
    ...(!cache && { cache: false }),
  };
}

async function replacementOf({ stdinFile }: CheckFlags): Promise<Pick<CheckOptions, 'replacement'>> {
  if (stdinFile === undefined) return {};
  const { readStandardInput } = await import('./standard-input.ts');
  return { replacement: { path: stdinFile, data: await readStandardInput() } };
}

async function runFix(options: CheckOptions, flags: CheckFlags, terminal: Terminal): Promise<void> {
  const { fix } = await import('../build/fix-repository.ts');
  const { formatFixes } = await import('./fix-report.ts');
  const result = await fix(options, { unsafe: flags.unsafe === true, dryRun: flags.dryRun === true });
  if (flags.quiet !== true) terminal.err(formatFixes(result, flags.dryRun === true));
}

async function updateKnown(result: CheckResult, terminal: Terminal, flags: CheckFlags): Promise<void> {
  const { writeBaseline } = await import('../build/write-baseline.ts');
  const { all, baseline } = result;
  writeBaseline(baseline, all);
  const path = relative('.', baseline);
  if (format(flags) === 'json') terminal.out(`${JSON.stringify({ baseline: path, findings: all.length }, null, 2)}\n`);
  else if (flags.quiet !== true)
    terminal.out(
      `${all.length} ${all.length === 1 ? 'finding is' : 'findings are'} known now, in ${path}. Commit it.\n`,
    );
}

async function print({ report: found }: CheckResult, flags: CheckFlags, terminal: Terminal): Promise<void> {
  const { report } = await import('../check/reporters.ts');
  const kind = format(flags);
  const findings =
    flags.quiet === true ? found.findings.filter(({ severity }) => severity === 'error') : found.findings;
  // Of what is not shown it cannot be said that all is well.
  if (flags.quiet === true && kind === 'text' && findings.length === 0) return;
  terminal.out(
    await report(kind, { ...found, findings }, { paint: terminal.paintOut, links: terminal.links, version: version() }),
  );
}

function format({ format: asked, json }: CheckFlags): Format {
  return asked ?? (json === true ? 'json' : 'text');
}

function statusOf({ report: { findings } }: CheckResult, maxWarnings: number = Number.POSITIVE_INFINITY): ExitCode {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return findings.some(({ severity }) => severity === 'error') || warnings > maxWarnings ? 1 : 0;
}
