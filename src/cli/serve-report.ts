import { isIP } from 'node:net';

import { findingsOf, type AnsweredRequest, type ServedBuild } from '../publish/serve/serve.ts';
import { formatFinding, type Paint } from '../check/format-finding.ts';
import { escapeControl } from '../model/escape-control.ts';
import { formatSummary } from './build-report.ts';

/** What a build gave, for people: findings, and how it went. */
export function buildText(done: ServedBuild, quiet: boolean, paint: Paint): string {
  const lines = findingsOf(done)
    .map((finding) => `${formatFinding(finding, paint)}\n`)
    .join('');
  if ('error' in done) {
    const { message, hint } = done.error;
    const next = hint === undefined ? '' : `  ${paint('cyan', '→')} ${escapeControl(hint)}\n`;
    return `${lines}${paint('red', 'error')} ${escapeControl(message)}\n${next}`;
  }
  const { written, plan } = done.result;
  if (!written || plan === undefined) return `${lines}${formatSummary(done.result, paint)}`;
  const { write, remove } = plan;
  return quiet ? lines : `${lines}Built: ${write.length} files written, ${remove.length} removed.\n`;
}

/** A line for a request, which can hold anything. */
export function requestLine({ method, target, status, complete, error }: AnsweredRequest): string {
  const end = complete ? '' : ' (connection lost)';
  const reason = error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`;
  return `${escapeControl(`${method} ${target.slice(0, 500)} ${status}${end}${reason}`)}\n`;
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}
