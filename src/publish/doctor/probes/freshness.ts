import { PackyardError } from '../../../errors.ts';
import { durationText } from '../../../remote/duration-text.ts';
import { INDEX_PATH } from '../../../remote/registry-files.ts';
import { commitsBehind, type BranchOptions } from '../commits-behind.ts';
import type { ProbeResult } from '../doctor-report.ts';
import { result, trouble, type Patient, type Probe } from '../probe.ts';

export interface FreshnessOptions {
  /** Absent where no repository is named. */
  readonly branch?: BranchOptions;
  /** Id of the commit that the index must be of, or at least its first 7 digits. */
  readonly commit?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Milliseconds that publishing may take. */
const GRACE = 3_600_000;

/** Whether the index is that of the newest commit. */
export function probeFreshness(options: FreshnessOptions): Probe {
  return async (patient) => {
    const { index } = patient;
    const { commit, committedAt, dirty } = index.source;
    const short = commit.slice(0, 12);
    const age = Math.max(0, options.now - Date.parse(committedAt));
    const seen = `serial ${index.serial} of commit ${short}, made ${durationText(age)} ago`;
    const wrong = { problem: 'behind', kind: patient.kind, path: INDEX_PATH } as const;
    const results: ProbeResult[] = [];
    if (dirty === true)
      results.push(trouble('freshness', 'warning', `${seen}, with changes that were not committed`, wrong));
    if (options.commit !== undefined && !commit.startsWith(options.commit)) {
      results.push(trouble('freshness', 'failure', `${seen}, not of commit ${options.commit.slice(0, 12)}`, wrong));
    }
    const onBranch =
      options.branch === undefined ? undefined : await ofBranch(seen, options.branch, options.now, patient);
    if (onBranch !== undefined) results.push(onBranch);
    return results.length > 0 ? results : [result('freshness', 'pass', seen, { path: INDEX_PATH })];
  };
}

async function ofBranch(
  seen: string,
  branch: BranchOptions,
  now: number,
  { index, kind }: Patient,
): Promise<ProbeResult | undefined> {
  const { commit } = index.source;
  const name = branch.branch ?? 'the branch';
  const wrong = { problem: 'behind', kind, path: INDEX_PATH } as const;
  let place: Awaited<ReturnType<typeof commitsBehind>>;
  try {
    place = await commitsBehind(commit, branch);
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code === 'git-missing') throw error;
    const hint = error.hint === undefined ? {} : { remedy: error.hint };
    return result('freshness', 'failure', error.message.replace(/\.$/u, ''), hint);
  }
  const { head } = place;
  if (place.kind === 'head') return result('freshness', 'pass', `${seen}, the head of ${name}`, { path: INDEX_PATH });
  if (place.kind === 'elsewhere') {
    if (place.shallow) {
      return result(
        'freshness',
        'skipped',
        `${seen}, which this shallow clone does not know: fetch all of its history`,
      );
    }
    return trouble(
      'freshness',
      'failure',
      `${seen}, which does not lead to ${head.slice(0, 12)}, the head of ${name}`,
      wrong,
    );
  }
  const late = Math.max(0, now - place.since);
  const many = place.commits === 1 ? '1 commit' : `${place.commits} commits`;
  const behind = `${seen}: ${many} behind ${name}, for ${durationText(late)}`;
  return trouble('freshness', late > GRACE ? 'failure' : 'warning', behind, wrong);
}
