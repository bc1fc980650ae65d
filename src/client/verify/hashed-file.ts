import { otherBytes } from '../../remote/file-failures.ts';
import { startSha256 } from '../../remote/sha256.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Verification } from './verification.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

export interface ExpectedBytes {
  readonly sha256: string;
  readonly size?: number;
  /** Where nobody says the size. */
  readonly maxBytes?: number;
}

/** Takes the bytes of a file as they come; what it leaves is read all the same. */
export type Reader = (chunks: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Reads a file to its end and compares it with what was published; undefined where it is that. `reader` sees the bytes
 * before it is known whether they are right.
 */
export async function hashedFile(
  verification: Verification,
  path: string,
  { sha256, size, maxBytes = LIMITS.publishedFileBytes }: ExpectedBytes,
  reader: Reader = async () => undefined,
): Promise<VerifyFinding | undefined> {
  return verification.inSlot(async () => {
    const limit = Math.min(size ?? maxBytes, maxBytes);
    const hash = startSha256();
    let total = 0;
    let beginning: Uint8Array | undefined;
    const source = verification.files.stream(path, limit)[Symbol.asyncIterator]();
    let failure: { readonly error: unknown } | undefined;
    const tapped = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        let next: IteratorResult<Uint8Array>;
        try {
          next = await source.next();
        } catch (error) {
          failure = { error };
          return;
        }
        if (next.done === true) return;
        beginning ??= next.value.slice(0, 64);
        hash.update(next.value);
        total += next.value.byteLength;
        yield next.value;
      }
    };
    try {
      await reader(tapped());
      // What the reader did not want counts as well.
      for await (const chunk of tapped()) void chunk;
    } finally {
      await source.return?.(undefined);
    }
    if (failure !== undefined) return verification.problemOf(failure.error, path, limit, size);
    verification.count(total);
    if (size !== undefined && total < size) return tooShort(path, total, size);
    const found = await hash.hex();
    if (found === sha256) return undefined;
    return verifyFinding('hash', path, `${otherBytes(sha256, found)}${remark(verification, path, beginning)}`, {
      expected: sha256,
      found,
    });
  });
}

function tooShort(path: string, total: number, size: number): VerifyFinding {
  return verifyFinding('size', path, `has ${total} of the ${size} bytes that were published`, {
    expected: String(size),
    found: String(total),
  });
}

function remark({ files }: Verification, path: string, beginning: Uint8Array | undefined): string {
  const text = new TextDecoder().decode(beginning).trimStart();
  if (/^<(?:!doctype|html|\?xml)/iu.test(text) && !path.endsWith('.md')) return '; what is there is a web page';
  const other = files.remarkOn(path)?.replace(/[.]$/u, '');
  return other === undefined ? '' : `. ${other}`;
}
