import type { ReleaseDocument } from '../../model/documents.ts';
import { noVersion } from '../no-version.ts';
import type { Registry } from '../registry.ts';
import type { Identity } from './archive-findings.ts';

/**
 * The release of exactly that version, whatever its status. Rejects with `unknown-pack`, `no-version`, or as reading
 * the registry does.
 */
export async function released(registry: Registry, { name, version }: Identity): Promise<ReleaseDocument> {
  const document = await registry.pack(name);
  const release = document.releases.find((each) => each.version === version);
  if (release === undefined) throw noVersion(document, { name, selector: version }, []);
  return release;
}
