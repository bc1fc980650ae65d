// What the benchmarks share: running commands, taking medians, printing tables.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));
export const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs a command to its end and gives its wall-clock time in milliseconds; throws when it fails. */
export function time(command, args, options = {}) {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  const elapsed = performance.now() - start;
  const { statuses = [0] } = options;
  if (error !== undefined || !statuses.includes(status))
    throw error ?? new Error(`${command} ${args.join(' ')}: ${status}\n${stderr}`);
  return elapsed;
}

/** Runs a Node program and gives its peak resident memory in MiB. */
export function peakOf(args, options, peakFile) {
  const hook = fileURLToPath(new URL('peak-memory.mjs', import.meta.url));
  const env = { ...process.env, ...options.env, PEAK_MEMORY_FILE: peakFile };
  time(process.execPath, ['--import', hook, ...args], { ...options, env });
  return Number(readFileSync(peakFile, 'utf8')) / 1024;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function table([head, ...body]) {
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

function line(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** Stops unless the project was compiled. */
export function requireCompiled() {
  if (existsSync(cli)) return;
  console.error('Run `npm run compile` first.');
  process.exit(2);
}
