import type { LockProblem } from '../client/lock/lock-problem.ts';
import type { LockChange } from '../client/lock/plan-pack.ts';
import type { LockPlan } from '../client/lock/plan-lock.ts';
import type { PlannedFile, ProjectLock } from '../client/lock/project-lock.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { ExitCode } from './exit-code.ts';
import type { LockFlags } from './lock-flags.ts';
import type { Terminal } from './terminal.ts';

/** Writes what a plan says, unless it is a dry run, and says what changed. */
export async function finishLock(
  current: ProjectLock,
  { lock, changes }: LockPlan,
  project: PlannedFile | undefined,
  { dryRun = false, json, quiet }: LockFlags,
  terminal: Terminal,
): Promise<void> {
  const { plannedLock, writePlanned } = await import('../client/lock/project-lock.ts');
  const planned = plannedLock(current, lock);
  const files = [project, planned].filter((file) => file !== undefined);
  if (!dryRun) await writePlanned(files);
  if (json === true) {
    const document = { format: 'packyard-lock-plan/1', dryRun, files: files.map(({ path }) => path), changes };
    terminal.out(jsonText(document));
    return;
  }
  if (quiet === true) return;
  const [{ changeLines }, { linesText }] = await Promise.all([
    import('../client/lock/change-lines.ts'),
    import('../client/view/pieces.ts'),
  ]);
  const { fileNames } = await import('../client/lock/project-lock.ts');
  terminal.out(linesText(changeLines(changes), terminal.paintOut));
  const verb = dryRun ? 'Would write' : 'Wrote';
  const packs = `${lock.packs.size} ${lock.packs.size === 1 ? 'pack' : 'packs'}`;
  if (files.length === 0 && lock.packs.size === 0) terminal.out('packyard.json names no packs.\n');
  else if (files.length === 0) terminal.out(`packyard.lock is up to date: ${packs}.\n`);
  else terminal.out(`${verb} ${fileNames(files)}: ${[packs, ...counts(changes)].join(', ')}.\n`);
}

function counts(changes: readonly LockChange[]): readonly string[] {
  const kinds = ['added', 'moved', 'replaced', 'recompressed', 'removed'] as const;
  return kinds.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
}

/** Says what is wrong with a lock; gives the exit status. */
export async function reportCheck(
  { file, lock }: ProjectLock,
  problems: readonly LockProblem[],
  { json, quiet }: LockFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { isIntegrityProblem } = await import('../client/lock/lock-problem.ts');
  const count = lock?.packs.size ?? 0;
  if (json === true) {
    terminal.out(
      jsonText({ format: 'packyard-lock-check/1', file, ok: problems.length === 0, packs: count, problems }),
    );
  } else {
    for (const problem of problems) terminal.out(problemText(problem, terminal.paintOut));
    if (problems.length === 0 && quiet !== true) {
      terminal.out(`packyard.lock is in order: ${count} ${count === 1 ? 'pack' : 'packs'}.\n`);
    }
  }
  if (problems.some(isIntegrityProblem)) return 3;
  return problems.length === 0 ? 0 : 1;
}

/** What is wrong with a pack, and what to do, each on lines of its own. */
export function problemText(
  { message, hint }: { readonly message: string; readonly hint?: string },
  paint: Terminal['paintOut'],
): string {
  const lines = message.split('\n').map(oneLine).join('\n');
  const more = hint === undefined ? '' : `  ${paint('cyan', '→')} ${oneLine(hint)}\n`;
  return `${paint('red', 'error')} ${lines}\n${more}`;
}
