import { PackyardError } from '../../errors.ts';
import { LIMITS } from '../../model/limits.ts';
import type { IndexDocument, PackDocument, ReleaseDocument } from '../../model/documents.ts';
import { packDocument } from '../../remote/registry-documents.ts';
import { sha256Of } from '../../remote/sha256.ts';
import type { Host } from './ask-host.ts';
import type { SampledPack } from './probe.ts';

/** So many names, other ones each time, in the order of the index. */
export function chooseNames(names: readonly string[], count: number, random: () => number): readonly string[] {
  if (count >= names.length) return names;
  const left = names.map((_, index) => index);
  const chosen = Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 0);
  return chosen.toSorted((a, b) => a - b).flatMap((index) => names[index] ?? []);
}

/** The document of a pack, verified. What is wrong with it is a problem of it; rejects where the host does not answer. */
export async function samplePack(host: Host, { packs }: IndexDocument, name: string): Promise<SampledPack> {
  const link = packs[name]?.document ?? { path: '', sha256: '' };
  const { status, bytes, whole } = await host.ask(link.path, { maxBytes: LIMITS.documents.bytes });
  if (status !== 200) return { name, link, problem: `answers ${status}, although the index leads to it` };
  if (!whole) return { name, link, problem: 'is larger than any document may be' };
  if ((await sha256Of(bytes)) !== link.sha256)
    return { name, link, problem: 'other bytes than those that were published' };
  try {
    const document = await packDocument(name).parse(bytes, host.urlOf(link.path).href);
    const release = releaseToRead(document);
    return { name, link, document, ...(release !== undefined && { release }) };
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    return { name, link, problem: error.message.replace(/\.$/u, '') };
  }
}

/** What most clients take; any other where its archive is too large to be read for a look. */
function releaseToRead({ releases, tags }: PackDocument): ReleaseDocument | undefined {
  const fits = releases.filter(({ artifact }) => artifact.size <= LIMITS.publishedFileBytes);
  return fits.find(({ version }) => version === tags['latest']) ?? fits[0];
}
