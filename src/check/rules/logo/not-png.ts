import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { imageType } from '../../../pack/image-type.ts';
import { findLogo } from '../../../pack/logo.ts';
import type { LintPack } from '../../lint-pack.ts';

const NAMES = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', svg: 'SVG' } as const;

/** An image that is no PNG, or a PNG under another name than the one that every client knows. */
export function* notPng({ files }: LintPack): Generator<Finding> {
  const logo = findLogo(files);
  const kind = logo === undefined ? undefined : imageType(logo.data);
  if (logo === undefined || kind === undefined || !('type' in kind)) return;
  if (kind.type === 'png' && logo.path === 'logo.png') return;
  yield findingOf('logo/not-png', logo.path, { path: logo.path, found: NAMES[kind.type] });
}
