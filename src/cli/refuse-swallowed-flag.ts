import type { Command } from 'commander';

import { PackyardError } from '../errors.ts';

/**
 * Throws `PackyardError` (`usage`) where a flag stands as the value of another: `build --out --json` would write into a
 * folder called `--json`.
 */
export function refuseSwallowedFlag(command: Command): void {
  const flags = new Set(command.options.flatMap(({ long, short }) => [long, short]));
  for (const option of command.options) {
    const name = option.attributeName();
    const value: unknown = command.getOptionValue(name);
    if (command.getOptionValueSource(name) !== 'cli' || typeof value !== 'string' || !flags.has(value)) continue;
    throw new PackyardError({
      code: 'usage',
      message: `Option '${option.flags}' needs a value, and ${value} is another flag.`,
      hint: `Put the value behind ${option.long ?? option.flags}.`,
    });
  }
}
