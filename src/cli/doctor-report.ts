import { oneLine } from '../check/one-line.ts';
import { HOST_NAMES } from '../publish/doctor/host-kind.ts';
import type { DoctorReport, ProbeResult, ProbeState } from '../publish/doctor/doctor-report.ts';
import type { Terminal } from './terminal.ts';

const STYLES = { pass: 'green', warning: 'yellow', failure: 'red', skipped: 'dim' } as const;
const STATE_WIDTH = 7;
const PROBE_WIDTH = 16;

/** The same for each line, so that what is to be done stands out. */
const INDENT = ' '.repeat(STATE_WIDTH + PROBE_WIDTH + 4);

/** What was seen, line by line, and what it comes to; only what failed when `quiet`. */
export function doctorText(report: DoctorReport, { paintOut }: Pick<Terminal, 'paintOut'>, quiet: boolean): string {
  const { results, location, host, requests } = report;
  const shown = quiet ? results.filter(({ state }) => state === 'failure') : results;
  const lines = grouped(shown).flatMap((line, index, all) => linesOf(line, all[index + 1], paintOut));
  if (quiet) return lines.map((line) => `${line}\n`).join('');
  const head = `${paintOut('bold', oneLine(location))}, ${HOST_NAMES[host]}`;
  const sampled = report.sampled.length === 0 ? '' : ` Looked into: ${oneLine(report.sampled.join(', '))}.`;
  const counts = (['pass', 'warning', 'failure', 'skipped'] as const).flatMap((state) => countText(results, state));
  return `${[head, '', ...lines, '', `${counts.join(', ')}, in ${requests} ${requests === 1 ? 'request' : 'requests'}.${sampled}`].join('\n')}\n`;
}

interface Line extends Omit<ProbeResult, 'path'> {
  readonly paths: readonly string[];
}

/** What is the same of several files is said once. */
function grouped(results: readonly ProbeResult[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { path, ...rest } of results) {
    const key = JSON.stringify([rest.probe, rest.state, rest.seen, rest.remedy, path === undefined]);
    const paths = lines.get(key)?.paths ?? [];
    lines.set(key, { ...rest, paths: path === undefined ? paths : [...paths, path] });
  }
  return [...lines.values()];
}

function linesOf(
  { probe, state, seen, paths, remedy }: Line,
  next: Line | undefined,
  paint: Terminal['paintOut'],
): readonly string[] {
  const text = oneLine(`${pathsText(paths)}${seen}`);
  const line = `${paint(STYLES[state], state.padEnd(STATE_WIDTH))}  ${probe.padEnd(PROBE_WIDTH)}  ${text}`;
  const again = next?.probe === probe && next.remedy === remedy;
  return remedy === undefined || again ? [line] : [line, `${INDENT}${paint('cyan', '→')} ${oneLine(remedy)}`];
}

function pathsText([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  // A whole hash is for programs: --json has it.
  const shown = first.replace(/([0-9a-f]{12})[0-9a-f]{52}/gu, '$1…');
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'file' : 'files'}`;
  return `${shown}${more}: `;
}

const WORDS: Readonly<Record<ProbeState, readonly [string, string]>> = {
  pass: ['passed', 'passed'],
  warning: ['warning', 'warnings'],
  failure: ['failure', 'failures'],
  skipped: ['skipped', 'skipped'],
};

function countText(results: readonly ProbeResult[], wanted: ProbeState): readonly string[] {
  const count = results.filter(({ state }) => state === wanted).length;
  return count === 0 ? [] : [`${count} ${WORDS[wanted][count === 1 ? 0 : 1]}`];
}
