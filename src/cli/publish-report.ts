import { oneLine } from '../check/one-line.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { ProbeResult, PublishResult, PublishWarning } from '../publish/publish-options.ts';
import type { PlannedUpload, PublishPlan } from '../publish/publish-plan.ts';

/** Paths that a plan names of each kind, and problems of a host. */
const SHOWN = 40;
const SHOWN_PROBLEMS = 10;

const ROLLED_BACK = '  The next publisher of a higher serial takes its place: revert in Git what was wrong.';

/** What was done, or would be, as lines for people. `back` is the command that goes back, without the serial. */
export function publishText(result: PublishResult, back: string): string {
  const { outcome } = result;
  const lines = outcome === 'planned' ? planLines(result) : outcomeLines(result, back);
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

function outcomeLines(result: PublishResult, back: string): readonly string[] {
  const { outcome, plan, before, uploaded, removed, conflicts, traffic, probe } = result;
  const { index, live, location } = plan;
  const what = `serial ${index.serial} (commit ${index.commit.slice(0, 12)})`;
  if (outcome === 'older') {
    return [
      `Nothing to do: ${location} has serial ${live?.serial} already, which is newer than serial ${index.serial} of this folder.`,
      `  To go back on purpose: ${back} SERIAL`,
    ];
  }
  const { files, bytes } = uploaded;
  const sent = `${counted(files, 'file')}, ${formatBytes(bytes)}, in ${counted(traffic.requests, 'request')}`;
  return [
    outcome === 'unchanged' ? `${location} is up to date: ${what}` : `Published ${what} to ${location}`,
    ...(files === 0 ? [] : [`  sent ${sent}; ${counted(plan.unchanged.files, 'file')} unchanged`]),
    ...(conflicts === 0 ? [] : [`  planned anew ${counted(conflicts, 'time')}, for others published meanwhile`]),
    ...(removed.length === 0 ? [] : [`  removed ${counted(removed.length, 'file')} that nothing refers to`]),
    ...waitingLines(plan),
    ...(probe === undefined ? [] : probeLines(probe)),
    ...(before !== undefined && before > index.serial ? [ROLLED_BACK] : []),
    ...(before === undefined || before === index.serial
      ? []
      : [`  To go ${before > index.serial ? 'on' : 'back'} to serial ${before}: ${back} ${before}`]),
  ];
}

function waitingLines({ waiting: { files, bytes } }: PublishPlan): readonly string[] {
  if (files === 0) return [];
  return [`  ${counted(files, 'file')} (${formatBytes(bytes)}) that nothing refers to may go later`];
}

function probeLines({ url, index, links, problems }: ProbeResult): readonly string[] {
  const said = {
    live: 'readers get it',
    behind: 'a cache still gives readers an earlier index; it is replaced when its time is over',
    missing: 'readers do not get it',
    other: 'readers get something else',
  }[index];
  const rest = problems.length - SHOWN_PROBLEMS;
  return [
    `  looked at ${url}: ${said}; ${counted(links, 'new file')} asked for${problems.length === 0 ? '' : `, ${counted(problems.length, 'problem')}:`}`,
    ...problems.slice(0, SHOWN_PROBLEMS).map(({ address, message }) => `    ${address} ${message}`),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ];
}

function planLines({ plan }: PublishResult): readonly string[] {
  const { location, index, live, upload, unchanged, remove, bytes, requests, budget } = plan;
  const total = `${formatBytes(budget.total)}${budget.limit === undefined ? '' : ` of ${formatBytes(budget.limit)}`}`;
  return [
    ...someOf(upload.map(uploadLine)),
    ...someOf(remove.map(({ path, size }) => `- ${path}  ${formatBytes(size)}`)),
    `Would publish serial ${index.serial} to ${location}, where ${live === undefined ? 'nothing is live' : `serial ${live.serial} is live`}`,
    `  to send ${counted(upload.length, 'file')}, ${formatBytes(bytes)}, in about ${counted(requests, 'request')}; ${counted(unchanged.files, 'file')} unchanged; to remove ${counted(remove.length, 'file')}`,
    ...waitingLines(plan),
    `  it would hold ${total}`,
  ];
}

function uploadLine({ entry, role, reason }: PlannedUpload): string {
  const last = role === 'index' ? '  (last)' : '';
  return `${reason === 'new' ? '+' : '~'} ${entry.path}  ${formatBytes(entry.size)}${last}`;
}

/** The end of a plan is what matters most. */
function someOf(lines: readonly string[]): readonly string[] {
  const rest = lines.length - SHOWN;
  return rest <= 0 ? lines : [`… ${rest} more`, ...lines.slice(-SHOWN)];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `packyard-publish/1` */
export function publishDocument(result: PublishResult, warnings: readonly PublishWarning[]): unknown {
  const { outcome, plan, before, conflicts, uploaded, removed, traffic, probe } = result;
  const { upload, ...facts } = plan;
  return {
    format: 'packyard-publish/1',
    outcome,
    ...(before !== undefined && { before }),
    conflicts,
    uploaded,
    removed,
    traffic,
    plan: {
      ...facts,
      upload: upload.map(({ entry: { path, size, sha256, mediaType, cache }, role, reason }) => ({
        path,
        role,
        reason,
        size,
        sha256,
        mediaType,
        cache,
      })),
    },
    ...(probe !== undefined && { probe }),
    warnings,
  };
}
