import type { ClientWarning } from '../client/registry.ts';
import { oneLine } from '../check/one-line.ts';
import type { Terminal } from './terminal.ts';

const said = new WeakMap<Terminal, Set<string>>();

/** Says on standard error what a reader should know; once, however often it is so. */
export function printWarning({ message, hint }: Pick<ClientWarning, 'message' | 'hint'>, terminal: Terminal): void {
  const lines = [`${terminal.paintErr('yellow', 'warning')} ${oneLine(message)}\n`];
  if (hint !== undefined) lines.push(`  → ${oneLine(hint)}\n`);
  const text = lines.join('');
  const before = said.get(terminal) ?? new Set();
  if (before.has(text)) return;
  said.set(terminal, before.add(text));
  terminal.err(text);
}
