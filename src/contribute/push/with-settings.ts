import type { Setting } from '../../repo/own-programs.ts';

/** An environment that gives Git settings already, with more of them behind those. */
export function withSettings(
  environment: Readonly<Record<string, string>>,
  more: readonly Setting[],
): Record<string, string> {
  const first = Number(environment['GIT_CONFIG_COUNT'] ?? '0');
  const added: Record<string, string> = { GIT_CONFIG_COUNT: String(first + more.length) };
  for (const [index, [key, value]] of more.entries()) {
    added[`GIT_CONFIG_KEY_${first + index}`] = key;
    added[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return { ...environment, ...added };
}
