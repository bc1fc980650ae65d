import { messageOf } from '../../check/messages.ts';
import { PackyardError } from '../../errors.ts';
import { imageType } from '../../pack/image-type.ts';
import { renderLogo } from '../../pack/logo.ts';
import { missingEnd } from '../../pack/image-ends.ts';
import { readNamedFile } from './read-named-file.ts';

/** Side length in pixels of a picture that is made for a pack: what the largest logos of registries are made from. */
const SIDE = 512;
const MOST_BYTES = 16_777_216;

/**
 * A logo as PNG: one that is PNG keeps its bytes; others are drawn on a transparent square. Rejects with `usage` for
 * what is no picture, and what is not to be trusted as one.
 */
export async function readLogoFile(file: string): Promise<Buffer> {
  const data = await readNamedFile(file, 'logo', MOST_BYTES);
  const rendered = await renderLogo({ path: file, executable: false, data }, [SIDE]);
  if ('finding' in rendered) {
    const { text, hint } = messageOf(rendered.finding);
    throw new PackyardError({ code: 'usage', message: `The logo ${file} cannot be used: ${text}.`, hint });
  }
  const kind = imageType(data);
  if ('type' in kind && kind.type === 'png' && missingEnd(data) === undefined) return data;
  const png = rendered.files.find(({ format }) => format === 'png');
  return png?.data ?? data;
}
