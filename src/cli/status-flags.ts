import type { Command } from 'commander';

import type { StatusEdit } from '../build/plan-status-edit.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import { PackyardError } from '../errors.ts';
import { escapeControl } from '../model/escape-control.ts';
import { RELEASE_STATES, type ReleaseState } from '../model/status.ts';
import { choice } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

interface StatusFlags extends CommonFlags {
  readonly reason?: string;
  readonly replacement?: string;
  readonly at?: string;
  readonly state?: ReleaseState;
  readonly repo: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly cache: boolean;
}

export interface StatusCommand {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Lines of examples. */
  readonly examples: string;
  readonly state: ReleaseState;
}

/** Adds a command that says something about releases in `status/<name>.yaml`. */
export function addStatusCommand(
  program: Command,
  { name, summary, description, examples, state }: StatusCommand,
  { terminal }: CommandContext,
): void {
  program
    .command(name)
    .argument('<release>', 'which releases: name@version, or name@range')
    .summary(summary)
    .description(description)
    .option('--reason <text>', 'why, for the people who use it; needed unless the state is active')
    .option('--replacement <version>', 'what to use instead: a version, or another pack as name@version')
    .option('--at <day>', 'since when, as in 2026-05-01; default: today')
    .option('--state <state>', `another state: ${RELEASE_STATES.join(', ')}`, choice(RELEASE_STATES), state)
    .option('--repo <dir>', 'a folder of the repository', '.')
    .option('--force', 'also where the work tree has no such release')
    .option('--dry-run', 'print what would change, and change nothing')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', `\nExamples:\n${examples}\n\n${EXIT_CODES}`)
    .action((release: string, flags: StatusFlags) => runStatus(release, flags, terminal, state));
}

async function runStatus(release: string, flags: StatusFlags, terminal: Terminal, usual: ReleaseState): Promise<void> {
  const { reason, replacement, at, state = usual, repo, force, dryRun, cache, json, quiet } = flags;
  const { name, versions } = partsOf(release);
  const { editStatus } = await import('../build/edit-status.ts');
  const result = await editStatus({
    repository: repo,
    name,
    versions,
    state,
    ...(reason !== undefined && { reason }),
    ...(at !== undefined && { at }),
    ...(replacement !== undefined && { replacement }),
    ...(force !== undefined && { force }),
    ...(dryRun !== undefined && { dryRun }),
    ...(!cache && { cache: false }),
  });
  if (json === true) terminal.out(jsonText({ format: 'packyard-status-edit/1', dryRun: dryRun === true, ...result }));
  else if (quiet !== true) terminal.out(formatted(result, dryRun === true));
}

function partsOf(release: string): { readonly name: string; readonly versions: string } {
  const at = release.indexOf('@');
  if (at > 0 && at < release.length - 1) return { name: release.slice(0, at), versions: release.slice(at + 1) };
  const name = at === -1 ? release : release.slice(0, at);
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(release)} does not say which versions of which pack.`,
    hint: `Name one or several: ${name === '' ? 'nginx' : name}@1.2.3, @1.2.x, "@>=1.2 <1.3", or "@*" for all.`,
  });
}

function formatted({ file, change, entry, versions, diff }: StatusEdit, dryRun: boolean): string {
  if (change === 'unchanged') return `${oneLine(file)} says so already.\n`;
  const verb = { created: 'create', added: 'add to', replaced: 'change' }[change];
  const done = { created: 'Created', added: 'Added to', replaced: 'Changed' }[change];
  const head = dryRun ? `Would ${verb} ${file}: ` : `${done} ${file}: `;
  const lines = versions.map(({ version, before, after }) =>
    before === after ? `  ${version}  ${after}, as before` : `  ${version}  ${before} → ${after}`,
  );
  const none = versions.length === 0 ? ['  no version of the work tree'] : [];
  const text = [`${head}${entry.versions} is ${entry.state}`, ...lines, ...none].map(oneLine).join('\n');
  return dryRun ? `${text}\n\n${escapeControl(diff)}` : `${text}\nCommit it: the next build publishes it.\n`;
}
