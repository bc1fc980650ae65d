import type { Finding } from '../model/finding.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { FindingArgs, RuleId } from '../model/rules.ts';

/** What is wrong, and what to do about it. */
export interface Message {
  readonly text: string;
  readonly hint: string;
}

type Words = { readonly [Rule in RuleId]: (args: FindingArgs[Rule]) => Message };

const WORDS: Words = {
  'config/invalid-yaml': ({ reason }) => ({
    text: `registry.yaml is not valid YAML: ${reason}`,
    hint: 'Mend the line; indentation is spaces only.',
  }),
  'config/schema': ({ pointer, expected }) => ({
    text: `${subject(pointer)} ${expected}`,
    hint: 'schemas/registry.schema.json says what registry.yaml may hold.',
  }),
  'config/unknown-key': ({ key, suggestion }) => ({
    text: `registry.yaml has no key "${key}"`,
    hint: didYouMean(suggestion) ?? 'Remove it: nothing reads it.',
  }),
  'pack/too-large': ({ limit }) => ({
    text: `pack.json is larger than ${formatBytes(limit)}`,
    hint: 'It only names and describes: move data to other files of the pack.',
  }),
  'pack/not-utf8': ({ offset }) => ({
    text: `pack.json is not UTF-8: byte ${offset} belongs to no character`,
    hint: 'Save it as UTF-8.',
  }),
  'pack/byte-order-mark': () => ({
    text: 'pack.json begins with a byte order mark, which most JSON readers refuse',
    hint: 'Save it as UTF-8 without BOM.',
  }),
  'pack/empty': () => ({
    text: 'pack.json is empty',
    hint: 'It needs at least name, version, displayName and layer.',
  }),
  'pack/too-deep': ({ limit }) => ({
    text: `pack.json is nested more than ${limit} levels deep`,
    hint: 'Nothing in a pack.json is deeper than five levels: look for brackets that are not closed.',
  }),
  'pack/invalid-json': ({ reason }) => ({
    text: `pack.json is not JSON: ${sentence(reason)}`,
    hint: 'Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments.',
  }),
  'pack/duplicate-key': ({ key, firstLine }) => ({
    text: `the key "${key}" stands twice, first on line ${firstLine}`,
    hint: 'Keep one: readers differ in which of the two they take.',
  }),
  'pack/not-an-object': ({ found }) => ({
    text: `pack.json holds ${found} where an object is wanted`,
    hint: 'Write { "name": …, "version": …, "displayName": …, "layer": … }.',
  }),
  'pack/schema': ({ pointer, expected }) => ({
    text: `${subject(pointer)} ${expected}`,
    hint: 'schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.',
  }),
  'pack/unknown-key': ({ key, suggestion }) => ({
    text: `pack.json has no key "${key}"`,
    hint: didYouMean(suggestion) ?? 'Nothing reads it: put it under "annotations", or remove it.',
  }),
  'pack/more-findings': ({ limit }) => ({
    text: `there are more than ${limit} findings of this kind; the others are not shown`,
    hint: 'Mend these first.',
  }),
  'pack/path-outside': ({ key, path }) => ({
    text: `"${key}" names ${quoted(path)}, which is not a path inside the pack`,
    hint: 'Name a file of the pack, relative to its pack.json and with /.',
  }),
  'values/missing': () => ({
    text: 'the pack has no values.yaml',
    hint: 'Add one; it may be empty.',
  }),
  'values/too-large': ({ limit }) => ({
    text: `values.yaml is larger than ${formatBytes(limit)}`,
    hint: 'Keep only what differs from the defaults of the charts.',
  }),
  'values/not-utf8': ({ offset }) => ({
    text: `values.yaml is not UTF-8: byte ${offset} belongs to no character`,
    hint: 'Save it as UTF-8.',
  }),
  'values/invalid-yaml': ({ reason }) => ({
    text: `values.yaml is not valid YAML: ${reason}`,
    hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
  }),
  'values/too-many-nodes': ({ limit }) => ({
    text: `values.yaml grows to more than ${limit} values when its aliases are expanded`,
    hint: 'Write the values out, or use fewer aliases of aliases.',
  }),
  'values/self-reference': ({ anchor }) => ({
    text: `the alias "*${anchor}" stands inside the very value that it names`,
    hint: 'An alias can only repeat a value that is already complete.',
  }),
  'values/not-a-mapping': ({ found }) => ({
    text: `values.yaml holds ${found} where a mapping is wanted`,
    hint: 'Write keys and values, such as "pack:" and "charts:".',
  }),
  'chart/missing-file': (args) => missing('chart', args),
  'chart/unreadable': ({ path, reason }) => ({
    text: `the chart ${quoted(path)} cannot be read: ${reason}`,
    hint: 'Pack it again with `helm package`, and see that Git did not change it (`*.tgz binary` in .gitattributes).',
  }),
  'chart/too-large': ({ path, limit }) => ({
    text: `the chart ${quoted(path)} grows to more than ${formatBytes(limit)} when unpacked`,
    hint: 'A chart is text: look for what was packed by mistake, and name it in .helmignore.',
  }),
  'chart/no-metadata': ({ path }) => ({
    text: `the chart ${quoted(path)} holds no readable Chart.yaml in its top folder`,
    hint: 'Pack it with `helm package`, which writes one.',
  }),
  'manifest/missing-file': (args) => missing('manifest', args),
  'role/missing-directory': (args) => missing('role', args),
  'file/symlink': ({ path }) => ({
    text: `${quoted(path)} is a symbolic link`,
    hint: 'Replace it with a copy of what it points to: archives of packs hold regular files only.',
  }),
  'file/submodule': ({ path }) => ({
    text: `${quoted(path)} is a Git repository of its own (a submodule), whose files are not here`,
    hint: 'Copy its files into the pack.',
  }),
  'file/not-portable': ({ path, reason }) => ({
    text: `${quoted(path)} cannot be used on every machine: ${reason}`,
    hint: 'Rename it.',
  }),
  'file/case-collision': ({ path, other }) => ({
    text: `${quoted(path)} and ${quoted(other)} are one name on Windows and macOS`,
    hint: 'Rename one of them.',
  }),
  'file/too-large': ({ path, size, limit }) => ({
    text: `${quoted(path)} has ${exceeding(size, limit)}; a file of a pack may have ${formatBytes(limit)}`,
    hint: 'Publish large data as a container image, or leave it out with .packignore.',
  }),
  'file/too-many': ({ of, limit }) => ({
    text: {
      entries: `the pack has more than ${limit} files and directories`,
      levels: `the pack has directories more than ${limit} levels deep`,
      characters: `the pack has a path of more than ${limit} characters`,
    }[of],
    hint: 'Look for what was added by mistake, such as a folder of dependencies.',
  }),
  'file/packignore': ({ reason }) => ({
    text: `.packignore cannot be used: ${reason}`,
    hint: 'It is a file of a few lines, in the syntax of .gitignore.',
  }),
  'file/pack-too-large': ({ limit }) => ({
    text: `the files of the pack have more than ${formatBytes(limit)} together`,
    hint: 'Leave out what is not needed with .packignore.',
  }),
  'logo/not-an-image': ({ found }) => ({
    text: `the logo is ${found}, not a PNG, JPEG, WebP or SVG image`,
    hint: 'Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name.',
  }),
  'logo/too-many-pixels': ({ limit }) => ({
    text: `the logo has more than ${limit / 1_000_000} million pixels`,
    hint: 'Scale it down; 256 by 256 is enough.',
  }),
  'logo/broken': ({ reason }) => ({
    text: `the logo cannot be decoded: ${reason}`,
    hint: 'Export it again as PNG.',
  }),
  'logo/too-slow': ({ seconds }) => ({
    text: `the logo could not be rendered within ${seconds} seconds`,
    hint: 'Simplify it, or export it as PNG. If this machine was only busy, build again: this is not remembered.',
  }),
  'logo/unsafe-svg': ({ construct }) => ({
    text: `the SVG logo holds ${construct}, which is not rendered`,
    hint: 'Export it as plain SVG with text turned into paths, or as PNG.',
  }),
  'registry/duplicate-release': ({ name, version, other }) => ({
    text: `${name} ${version} is also in ${other}`,
    hint: 'A release has one content: give one of the two another version, or remove it.',
  }),
  'registry/nested-pack': ({ directory, inside }) => ({
    text: `${quoted(directory)} lies inside the pack ${quoted(inside)}, and is not published as a pack of its own`,
    hint: 'Move it beside that pack, or remove the pack.json of one of the two.',
  }),
  'registry/not-a-directory': ({ path, what }) => ({
    text: `${quoted(path)} is ${what}, which is not looked into for packs`,
    hint: 'Put the pack itself there, or leave the path out of "packs" in registry.yaml with a glob that begins with "!".',
  }),
  'registry/pack-file-case': ({ found }) => ({
    text: `the file is named ${quoted(found)}, so the directory is not taken for a pack`,
    hint: 'Rename it to pack.json: case counts.',
  }),
  'history/shallow': () => ({
    text: 'the clone is shallow: when releases first landed, and the serial, cannot be known from it',
    hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout.',
  }),
};

/** The words for a finding. */
export function messageOf<Rule extends RuleId>(finding: Finding<Rule>): Message {
  const words: (args: FindingArgs[Rule]) => Message = WORDS[finding.rule];
  return words(finding.args);
}

function missing(kind: string, args: { readonly path: string; readonly suggestion?: string }): Message {
  return {
    text: `the ${kind} ${quoted(args.path)} is not in the pack`,
    hint:
      didYouMean(args.suggestion) ??
      'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.',
  };
}

function didYouMean(suggestion: string | undefined): string | undefined {
  return suggestion === undefined ? undefined : `Did you mean "${suggestion}"?`;
}

function subject(pointer: string): string {
  return pointer === ''
    ? 'the document'
    : `"${pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')}"`;
}

/** A size above a limit, in words that differ from those for the limit. */
function exceeding(size: number, limit: number): string {
  const [own, most] = [formatBytes(size), formatBytes(limit)];
  return own === most ? `more than ${most}` : own;
}

function quoted(path: string): string {
  return JSON.stringify(path);
}

/** A parser's message as the end of a sentence: no capital, no full stop. */
function sentence(reason: string): string {
  return (reason.charAt(0).toLowerCase() + reason.slice(1)).replace(/\.$/u, '');
}
