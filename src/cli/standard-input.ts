import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';

/** Everything that standard input holds. Rejects with `file-too-large`. */
export async function readStandardInput(input: AsyncIterable<Uint8Array> = process.stdin): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.byteLength;
    if (size > LIMITS.fileBytes) {
      throw new PackyardError({
        code: 'file-too-large',
        message: `Standard input holds more than ${LIMITS.fileBytes} bytes.`,
        hint: 'A file of a pack is never that large.',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
