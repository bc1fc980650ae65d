import { PackyardError } from '../../errors.ts';
import { parseReference } from '../reference.ts';

/** The name of a pack where all of it is meant. Throws `usage` when the text is none, or names one release. */
export function packName(text: string): string {
  const { name, ...rest } = parseReference(text);
  if (Object.keys(rest).length === 0) return name;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(text.slice(0, 200))} names a release, where the name of a pack is expected.`,
    hint: `Write ${name} for all of its versions; "packyard info ${text.slice(0, 200)}" shows one of them.`,
  });
}
