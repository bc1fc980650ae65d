import type { FileRules } from '../../../src/model/rules/file-rules.ts';
import type { Cases } from './case.ts';

const TOO_LARGE = 'Publish large data as a container image, or leave it out with .packignore.';
const ADDED_BY_MISTAKE = 'Look for what was added by mistake, such as a folder of dependencies.';
const FEW_LINES = 'It is a file of a few lines, in the syntax of .gitignore.';

export const FILE: Cases<FileRules> = {
  'file/symlink': [
    {
      args: { path: 'link' },
      text: '"link" is a symbolic link',
      hint: 'Replace it with a copy of what it points to: archives of packs hold regular files only.',
    },
  ],
  'file/submodule': [
    {
      args: { path: 'module' },
      text: '"module" is a Git repository of its own (a submodule), whose files are not here',
      hint: 'Copy its files into the pack.',
    },
  ],
  'file/not-portable': [
    {
      args: { path: 'a\tb', reason: 'it holds the character U+0009' },
      text: '"a\\tb" cannot be used on every machine: it holds the character U+0009',
      hint: 'Rename it.',
    },
  ],
  'file/case-collision': [
    {
      args: { path: 'readme', other: 'README' },
      text: '"readme" and "README" are one name on Windows and macOS',
      hint: 'Rename one of them.',
    },
  ],
  'file/too-large': [
    {
      args: { path: 'big', size: 70_000_000, limit: 67_108_864 },
      text: '"big" has 67 MiB; a file of a pack may have 64 MiB',
      hint: TOO_LARGE,
    },
    {
      args: { path: 'big', size: 67_108_865, limit: 67_108_864 },
      text: '"big" has more than 64 MiB; a file of a pack may have 64 MiB',
      hint: TOO_LARGE,
    },
  ],
  'file/too-many': [
    {
      args: { of: 'entries', limit: 20_000 },
      text: 'the pack has more than 20000 files and directories',
      hint: ADDED_BY_MISTAKE,
    },
    {
      args: { of: 'levels', limit: 64 },
      text: 'the pack has directories more than 64 levels deep',
      hint: ADDED_BY_MISTAKE,
    },
    {
      args: { of: 'characters', limit: 4096 },
      text: 'the pack has a path of more than 4096 characters',
      hint: ADDED_BY_MISTAKE,
    },
  ],
  'file/packignore': [{ args: { reason: 'it is x' }, text: '.packignore cannot be used: it is x', hint: FEW_LINES }],
  'file/pack-too-large': [
    {
      args: { limit: 201_326_592 },
      text: 'the files of the pack have more than 192 MiB together',
      hint: 'Leave out what is not needed with .packignore.',
    },
  ],
  'file/junk': [
    {
      args: { path: 'charts/.DS_Store' },
      text: '"charts/.DS_Store" is left over from an editor, a merge or an operating system',
      hint: 'Delete it, and name its kind in .gitignore: it is never part of a release.',
    },
  ],
  'file/large': [
    {
      args: { path: 'big', size: 7_000_000, limit: 5_242_880 },
      text: '"big" has 6.7 MiB, and every clone of the repository keeps it for good',
      hint: TOO_LARGE,
    },
    {
      args: { path: 'big', size: 5_242_881, limit: 5_242_880 },
      text: '"big" has more than 5 MiB, and every clone of the repository keeps it for good',
      hint: TOO_LARGE,
    },
  ],
  'file/large-pack': [
    {
      args: { size: 30_000_000, limit: 20_971_520, largest: 'charts/big.tgz' },
      text: 'the files of the pack have 29 MiB together; the largest is "charts/big.tgz"',
      hint: 'Leave out what is not needed with .packignore: clients download a pack whole.',
    },
  ],
  'file/executable': [
    {
      args: { path: 'values.yaml' },
      text: '"values.yaml" is marked as executable although it is no program',
      hint: 'Take the mark away with `git update-index --chmod=-x`, and `chmod -x` in the working tree.',
    },
  ],
};
