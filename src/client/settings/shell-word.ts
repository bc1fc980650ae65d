/**
 * A text as one word of a command that somebody may copy into a shell: an address that a project gives could hold a
 * command of its own. On Windows that is PowerShell, in which a backslash is no more than a character.
 */
export function shellWord(text: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') {
    return /^[\w./\\:%+=-]+$/u.test(text) ? text : `'${text.replaceAll(/['\u2018-\u201b]/gu, '$&$&')}'`;
  }
  return /^[\w./:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
