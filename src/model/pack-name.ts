/** As the schema of `pack.json` has it: also as a folder it must be possible everywhere. */
const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:[.]|$))[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/u;

/** Whether a text can be the name of a pack. */
export function isPackName(text: string): boolean {
  return text.length > 0 && text.length <= 100 && NAME.test(text);
}
