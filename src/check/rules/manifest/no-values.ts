import { basename, extname } from 'node:path/posix';

import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { placeAt } from '../../../pack/place.ts';
import type { LintPack } from '../../lint-pack.ts';
import { listedManifests } from './listed-manifests.ts';

/** A manifest with `.Values` is rendered with what `values.yaml` has under its name. */
export function* noValues(pack: LintPack): Generator<Finding> {
  if (pack.values === undefined) return;
  const blocks = propertyOf(pack.values.value, 'manifests');
  for (const path of listedManifests(pack)) {
    const name = basename(path, extname(path));
    if (propertyOf(blocks, name) !== undefined) continue;
    const text = pack.text(path) ?? '';
    const use = firstUse(text);
    if (use === undefined) continue;
    yield findingOf('manifest/no-values', path, { path, name }, { place: placeAt(text, use, use + '.Values'.length) });
  }
}

/**
 * Where a template expression names `.Values` first. Texts inside the manifest (`key: |`) are left out: those are often
 * templates for somebody else.
 */
function firstUse(text: string): number | undefined {
  if (!text.includes('.Values')) return undefined;
  let block = Infinity;
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/u);
    if (indent !== -1 && indent <= block) {
      const at = useIn(line);
      if (at !== undefined) return start + at;
      block = opensBlock(line) ? indent : Infinity;
    }
    start += line.length + 1;
  }
  return undefined;
}

function useIn(line: string): number | undefined {
  const at = line.indexOf('.Values');
  const open = at === -1 ? -1 : line.lastIndexOf('{{', at);
  if (open === -1 || line.trimStart().startsWith('#')) return undefined;
  const close = line.indexOf('}}', open);
  return close === -1 || close > at ? at : undefined;
}

function opensBlock(line: string): boolean {
  return /[:-] [|>][-+\d]*$/u.test(line.trimEnd());
}
