import type { Finding } from '../../model/finding.ts';
import type { RuleId } from '../../model/rules.ts';
import { appendJsonItem, removeJsonMember, replaceJsonValue } from '../../pack/edit-json.ts';
import { parseImageReference } from '../../pack/image-reference.ts';
import { findLogo, renderLogo } from '../../pack/logo.ts';
import { MANIFEST_FILE, VALUES_FILE } from '../../pack/pack.ts';
import { addSuffix } from './add-suffix.ts';
import { withFile, withoutFile, withText, type Draft } from './file-changes.ts';

/** Repairs what a finding is about; gives the same draft back when it cannot. */
export type Fixer<Rule extends RuleId> = (draft: Draft, finding: Finding<Rule>) => Draft | Promise<Draft>;

/** How each rule that can be repaired is; a test holds it against the catalog. */
export const FIXERS: { readonly [Rule in RuleId]?: Fixer<Rule> } = {
  'pack/leading-v': (draft, { args: { version } }) =>
    withText(draft, MANIFEST_FILE, (text) => replaceJsonValue(text, ['version'], version.replace(/^v/iu, ''))),
  'pack/blank-key': (draft, { args: { pointer } }) =>
    withText(draft, MANIFEST_FILE, (text) => removeJsonMember(text, pathOf(pointer))),
  'chart/unlisted': (draft, { args: { path } }) => listed(draft, 'charts', path),
  'manifest/unlisted': (draft, { args: { path } }) => listed(draft, 'kubeManifests', path),
  'file/junk': (draft, { args: { path } }) => withoutFile(draft, path),
  'file/executable': (draft, { args: { path } }) => {
    const file = draft.files.get(path);
    return file === undefined ? draft : withFile(draft, { ...file, executable: false });
  },
  'logo/not-png': asPng,
  'image/no-tag': (draft, { place, args: { image, suggestion } }) =>
    place === undefined || suggestion === undefined
      ? draft
      : withText(draft, VALUES_FILE, (text) => addSuffix(text, place, image, suffixOf(suggestion))),
};

function listed(draft: Draft, key: string, path: string): Draft {
  return withText(draft, MANIFEST_FILE, (text) => appendJsonItem(text, key, path));
}

/** Side length of a logo that was another kind of picture, in pixels: twice the largest that is published. */
const LOGO_SIDE = 512;
const LOGO_FILE = 'logo.png';

async function asPng(draft: Draft): Promise<Draft> {
  const logo = findLogo(draft.files);
  if (logo === undefined) return draft;
  const rendered = await renderLogo(logo, [LOGO_SIDE]);
  const png = 'files' in rendered ? rendered.files.find(({ format }) => format === 'png') : undefined;
  if (png === undefined) return draft;
  return withFile(withoutFile(draft, logo.path), { path: LOGO_FILE, executable: false, data: png.data });
}

/** Tag and digest of an image as they stand behind its name. */
function suffixOf(image: string): string {
  const parsed = parseImageReference(image);
  if (!('reference' in parsed)) return '';
  const { tag, digest } = parsed.reference;
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/** The path that a JSON Pointer (RFC 6901) names. */
function pathOf(pointer: string): (string | number)[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => (/^\d+$/u.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
