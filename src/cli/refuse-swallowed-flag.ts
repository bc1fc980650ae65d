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
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const given: unknown = command.getOptionValue(name);
    const value = (Array.isArray(given) ? given : [given]).find((each) => typeof each === 'string' && flags.has(each));
    if (value === undefined) continue;
    throw new PackyardError({
      code: 'usage',
      message: `Option '${option.flags}' needs a value, and ${String(value)} is another flag.`,
      hint: `Put the value behind ${option.long ?? option.flags}.`,
    });
  }
}
