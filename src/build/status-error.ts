import { PackyardError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';

/** Thrown where a file of `status/` cannot be edited, with what is wrong in it, or would be. */
export class StatusError extends PackyardError<'status-invalid'> {
  readonly findings: readonly Finding[];

  constructor(message: string, hint: string, findings: readonly Finding[]) {
    super({ code: 'status-invalid', message, hint });
    this.findings = findings;
  }
}
