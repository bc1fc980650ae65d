import { PackyardError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import { CONFIG_FILE } from '../model/registry-config.ts';

/** Thrown instead of `PackyardError` alone, so that the places of what is wrong are not lost. */
export class ConfigError extends PackyardError<'config-invalid'> {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super({
      code: 'config-invalid',
      message: `${CONFIG_FILE} has ${findings.length === 1 ? 'an error' : `${findings.length} errors`}.`,
      hint: 'Mend it and run the command again; without the file, every setting has its default.',
    });
    this.findings = findings;
  }
}
