import { oneLine } from '../check/one-line.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { countFiles, type MirrorPlan, type PlannedFile } from '../client/mirror/mirror-plan.ts';
import type { MirrorResult, MirrorWarning } from '../client/mirror/mirror-options.ts';
import { formatBytes } from '../model/format-bytes.ts';

/** Paths that a message names. */
const SHOWN = 20;

/** What was done, or would be, as lines for people. */
export function mirrorText({ plan, written, wrote }: MirrorResult): string {
  const { packs, releases, write, keep, destination, index, images, subset } = plan;
  const what = `${counted(packs, 'pack')}, ${counted(releases, 'release')}`;
  const of = subset === undefined ? `all of ${plan.source}` : `a subset of ${plan.source}`;
  const lines = [
    write.length === 0 && written
      ? `${destination} is up to date: ${of}, ${what} (serial ${index.serial})`
      : `${written ? 'Mirrored' : 'Would mirror'} ${of} to ${destination}: ${what} (serial ${index.serial})`,
    `  ${written ? `wrote ${filesText(wrote.files, formatBytes(wrote.bytes))}` : `to write ${sizeText(write)}`}, ${written ? 'kept' : 'to keep'} ${filesText(keep.files, formatBytes(keep.bytes))}`,
    ...staleLines(plan, written),
    ...(images === undefined ? [] : [`  ${counted(images.count, 'image')} in ${images.path}`]),
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

function staleLines({ stale, prune }: MirrorPlan, written: boolean): readonly string[] {
  if (stale.length === 0) return [];
  const files = counted(stale.length, 'file');
  if (written && prune) return [`  removed ${files}`];
  const more = stale.length > SHOWN ? [`    and ${stale.length - SHOWN} more`] : [];
  const paths = written ? [] : [...stale.slice(0, SHOWN).map((path) => `    ${path}`), ...more];
  if (prune) return [`  to remove: ${files}`, ...paths];
  const one = stale.length === 1;
  return [
    `  ${files} that ${one ? 'is' : 'are'} not part of it ${one ? 'stays' : 'stay'}; --prune removes ${one ? 'it' : 'them'}`,
    ...paths,
  ];
}

function sizeText(write: readonly PlannedFile[]): string {
  const { files, bytes } = countFiles(write.map(({ file }) => file));
  const unsized = write.filter(({ file }) => file.size === undefined).length;
  return filesText(files, `${unsized > 0 ? 'at least ' : ''}${formatBytes(bytes)}`);
}

function filesText(files: number, size: string): string {
  return files === 0 ? 'no files' : `${counted(files, 'file')} (${size})`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `packyard-mirror/1` */
export function mirrorDocument(
  { plan, written, wrote, removed, transferred }: MirrorResult,
  warnings: readonly Pick<MirrorWarning, 'message' | 'hint'>[],
): string {
  const { destination, source, index, subset, packs, releases, write, keep, stale, prune, images } = plan;
  const unsized = write.filter(({ file }) => file.size === undefined).length;
  return jsonText({
    format: 'packyard-mirror/1',
    dryRun: !written,
    source,
    destination,
    index,
    ...(subset !== undefined && { subset }),
    packs,
    releases,
    write: written
      ? wrote
      : { ...countFiles(write.map(({ file }) => file)), ...(unsized > 0 && { unknownSizes: unsized }) },
    keep,
    prune,
    stale: written && prune ? [] : stale,
    removed,
    ...(images !== undefined && { images }),
    transferred,
    warnings,
  });
}
