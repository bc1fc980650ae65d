import { formatFinding } from '../check/format-finding.ts';
import { PackyardError } from '../errors.ts';
import { escapeControl } from '../model/escape-control.ts';
import type { Finding } from '../model/finding.ts';
import { findingDocument } from './finding-document.ts';
import { exitCodeOf, type ExitCode } from './exit-code.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import type { Terminal } from './terminal.ts';

/** Says why a command could not run, and what to do; gives the exit status. */
export function reportError(error: unknown, terminal: Terminal, json: boolean): ExitCode {
  const { code, message, hint, status } = describe(error);
  const findings = findingsOf(error);
  if (json) {
    const document = {
      format: 'packyard-error/1',
      error: { code, message, ...(hint !== undefined && { hint }) },
      findings: findings.map(findingDocument),
    };
    terminal.out(jsonText(document));
    return status;
  }
  for (const finding of findings) terminal.err(`${formatFinding(finding, terminal.paintErr)}\n`);
  terminal.err(`${terminal.paintErr('red', 'error')} ${escapeControl(message)}\n`);
  if (hint !== undefined) terminal.err(`  ${terminal.paintErr('cyan', '→')} ${escapeControl(hint)}\n`);
  return status;
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly status: ExitCode;
}

function describe(error: unknown): Described {
  if (error instanceof PackyardError) {
    const { code, message, hint } = error;
    return { code, message, hint, status: exitCodeOf(code) };
  }
  if (isGoneFolder(error)) {
    const hint = 'Change to one that exists, and run the command again.';
    return { code: 'no-repository', message: 'The current folder does not exist any more.', hint, status: 2 };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'internal',
    message,
    hint: 'This is a defect of Packyard: please report it with the lines above.',
    status: 2,
  };
}

/** Whether an error came of asking for the current folder after somebody removed it. */
function isGoneFolder(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd';
}

function findingsOf(error: unknown): readonly Finding[] {
  const findings = error instanceof PackyardError && 'findings' in error ? error.findings : [];
  return Array.isArray(findings) ? (findings as Finding[]) : [];
}
