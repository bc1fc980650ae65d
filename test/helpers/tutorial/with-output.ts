import type { CommandStep } from './read-guide.ts';

/** A guide in which commands show other output. */
export function withOutput(markdown: string, printed: ReadonlyMap<CommandStep, readonly string[]>): string {
  const lines = markdown.split('\n');
  // From the end, so that line numbers stay right.
  for (const [{ line, output, expected }, shown] of [...printed].toSorted(([a], [b]) => b.line - a.line)) {
    const indentation = /^ */u.exec(lines[line - 1] ?? '')?.[0] ?? '';
    const indented = shown.map((text) => `${indentation}${text}`.trimEnd());
    lines.splice(output - 1, expected.length, ...indented);
  }
  return lines.join('\n');
}
