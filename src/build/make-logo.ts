import type { Finding } from '../model/finding.ts';
import { findLogo, renderLogo } from '../pack/logo.ts';
import { generatedLogo } from '../pack/generated-logo.ts';
import type { PackFile, PackFiles } from '../pack/pack.ts';
import type { Cache } from './cache.ts';
import { codeIdentity } from './code-identity.ts';
import { contentOf, sha256 } from '../model/content.ts';
import { isWhole } from './is-whole.ts';
import { RECIPE } from './recipe.ts';
import { stored, type StoredLogo } from './release-record.ts';

interface KeptLogo {
  readonly logos: readonly StoredLogo[];
}

export type MadeLogo = KeptLogo | { readonly finding: Finding };

/** Makes the logos of packs, each distinct picture once however many packs have it. */
export interface LogoMaker {
  /** `fresh` makes it again even though the cache has it. */
  logoOf(files: PackFiles, name: string, fresh: boolean): Promise<MadeLogo>;
}

export function logoMaker(cache: Cache, sizes: readonly number[]): LogoMaker {
  const making = new Map<string, Promise<MadeLogo>>();
  return {
    async logoOf(files, name, fresh) {
      const source = findLogo(files) ?? { path: 'logo.svg', executable: false, data: generatedLogo(name) };
      const key = JSON.stringify(['logo', codeIdentity(), RECIPE, sizes, sha256(source.data)]);
      const logo = making.get(key) ?? cachedLogo(cache, key, source, sizes, fresh);
      making.set(key, logo);
      const made = await logo;
      return 'finding' in made ? { finding: { ...made.finding, file: source.path } } : made;
    },
  };
}

async function cachedLogo(
  cache: Cache,
  key: string,
  source: PackFile,
  sizes: readonly number[],
  fresh: boolean,
): Promise<MadeLogo> {
  const known = fresh ? undefined : ((await cache.record('logos', key)) as KeptLogo | undefined);
  // Its release is made in this build, and what this build made is not looked at again before it is written.
  if (known !== undefined && (await isKept(cache, known))) return known;
  const made = await makeLogo(cache, source, sizes);
  if (!('finding' in made)) await cache.putRecord('logos', key, made);
  return made;
}

/** Whether the cache still holds the file that all of a logo's are part of. */
async function isKept(cache: Cache, { logos }: KeptLogo): Promise<boolean> {
  const size = logos.reduce((sum, each) => sum + each.size, 0);
  return isWhole(cache.content(logos[0]?.bundle ?? '', size));
}

async function makeLogo(cache: Cache, source: PackFile, sizes: readonly number[]): Promise<MadeLogo> {
  const rendered = await renderLogo(source, sizes);
  if ('finding' in rendered) return rendered;
  const bundle = await cache.store(Buffer.concat(rendered.files.map(({ data }) => data)));
  let end = 0;
  const logos = rendered.files.map(({ size: pixels, format, data }) => {
    const offset = end;
    end += data.length;
    return { pixels, format, bundle: bundle.sha256, offset, ...stored(contentOf(data)) };
  });
  return { logos };
}
