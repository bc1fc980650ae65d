/**
 * A text as one word of a command that somebody may copy into a shell: an address that a project gives could hold a
 * command of its own.
 */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
