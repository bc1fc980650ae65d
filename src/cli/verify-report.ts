import { dirname, resolve } from 'node:path';

import { oneLine } from '../check/one-line.ts';
import type { VerifyFinding } from '../client/verify/verify-finding.ts';
import type { ArchiveVerification } from '../client/verify/verify-archive.ts';
import type { PackVerification } from '../client/verify/verify-pack.ts';
import type { RegistryVerification } from '../client/verify/verify-registry.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { ReleaseStatus } from '../model/status.ts';
import type { Terminal } from './terminal.ts';
import { shellWord } from '../client/settings/shell-word.ts';

export type Verification = RegistryVerification | PackVerification | ArchiveVerification;

/** What was found, line by line, and what it comes to; only what is wrong when `quiet`. */
export function verifyReport(result: Verification, { paintOut }: Pick<Terminal, 'paintOut'>, quiet: boolean): string {
  const wanted = quiet ? result.findings.filter(({ severity }) => severity === 'error') : result.findings;
  const lines = wanted.map((finding) => {
    const severity = finding.severity === 'error' ? paintOut('red', 'error') : paintOut('yellow', 'warning');
    return `${severity} ${findingText(finding)}\n`;
  });
  if (quiet) return lines.join('');
  const gap = lines.length > 0 ? '\n' : '';
  return `${lines.join('')}${gap}${oneLine(verdict(result))}\n${notes(result)
    .map((note) => `${oneLine(note)}\n`)
    .join('')}`;
}

function findingText({ path, place, message }: VerifyFinding): string {
  return oneLine(`${path}${place === undefined ? '' : `: ${place}`} ${message}`);
}

function verdict(result: Verification): string {
  const { ok, findings } = result;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const counts = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => !text.startsWith('0 '));
  const rest = ok && warnings > 0 ? `; ${count(warnings, 'warning')}` : '';
  return ok ? `${soundness(result)}${rest}.` : `${subject(result)}: ${counts.join(', ')}${within(result)}.`;
}

function subject(result: Verification): string {
  const { location } = result;
  if (result.kind === 'pack') return `${location} is not ${result.name} ${result.version}`;
  return result.kind === 'archive' ? `${location} is not sound` : `The registry at ${location} is not sound`;
}

function soundness(result: Verification): string {
  const { location } = result;
  switch (result.kind) {
    case 'registry':
      return `The registry at ${location} is sound: ${extent(result)}`;
    case 'pack':
      return `${location} is ${result.name} ${result.version} as published at ${result.registry}: ${extent(result)}`;
    case 'archive':
      return result.registry === undefined
        ? `${location} is a whole archive of ${result.name} ${result.version}: ${extent(result)}`
        : `${location} is ${result.name} ${result.version} as published at ${result.registry}: ${extent(result)}`;
  }
}

function within(result: Verification): string {
  return result.files === 0 ? '' : ` in ${extent(result)}`;
}

function extent(result: Verification): string {
  const read = `${count(result.files, 'file')}, ${formatBytes(result.bytes)}`;
  return result.kind === 'registry'
    ? `${count(result.packs, 'pack')}, ${count(result.releases, 'release')}, ${read}`
    : read;
}

function notes(result: Verification): string[] {
  return [...(result.ok ? [] : [advice(result)]), ...remarks(result)];
}

/** What to do where something is wrong. */
function advice(result: Verification): string {
  switch (result.kind) {
    case 'registry':
      return '→ Build and publish it anew from its repository, or tell those who run it. Clients refuse what is damaged.';
    case 'pack':
      return `→ Pull it anew: packyard pull ${result.name}@${result.version} --force${destination(result.location)}`;
    case 'archive':
      return '→ Do not use it; pull it anew: packyard pull NAME@VERSION --archive --force';
  }
}

/** Where a pull brings a pack back to: beside others, not into the folder that this runs in. */
function destination(folder: string): string {
  const parent = dirname(resolve(folder));
  return parent === process.cwd() ? '' : ` --to ${shellWord(parent)}`;
}

function remarks(result: Verification): string[] {
  switch (result.kind) {
    case 'registry':
      if (result.resumed === 0) return [];
      return [
        `The files of ${count(result.resumed, 'pack')} were read by an earlier run that was interrupted; --fresh reads them again.`,
      ];
    case 'pack':
      return statusNote(result);
    case 'archive':
      if (result.registry !== undefined || !result.ok) return statusNote(result);
      return ['It was not compared with a release, because no registry was asked. Name one with --registry.'];
  }
}

function statusNote({
  name = '',
  version = '',
  status,
}: {
  name?: string;
  version?: string;
  status?: ReleaseStatus;
}): string[] {
  return status === undefined ? [] : [`${name} ${version} is ${status.state}: ${status.reason}`];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
