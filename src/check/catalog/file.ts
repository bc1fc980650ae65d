import { formatBytes } from '../../model/format-bytes.ts';
import type { FileRules } from '../../model/rules/file-rules.ts';
import type { Catalog } from './entry.ts';
import { exceeding, quoted } from './words.ts';

export const FILE: Catalog<FileRules> = {
  'file/symlink': {
    title: 'A symbolic link in a pack',
    severity: 'error',
    message: ({ path }) => ({
      text: `${quoted(path)} is a symbolic link`,
      hint: 'Replace it with a copy of what it points to: archives of packs hold regular files only.',
    }),
  },
  'file/submodule': {
    title: 'A submodule in a pack',
    severity: 'error',
    message: ({ path }) => ({
      text: `${quoted(path)} is a Git repository of its own (a submodule), whose files are not here`,
      hint: 'Copy its files into the pack.',
    }),
  },
  'file/not-portable': {
    title: 'A name that some machine cannot hold',
    severity: 'error',
    message: ({ path, reason }) => ({
      text: `${quoted(path)} cannot be used on every machine: ${reason}`,
      hint: 'Rename it.',
    }),
  },
  'file/case-collision': {
    title: 'Two names that differ in case only',
    severity: 'error',
    message: ({ path, other }) => ({
      text: `${quoted(path)} and ${quoted(other)} are one name on Windows and macOS`,
      hint: 'Rename one of them.',
    }),
  },
  'file/too-large': {
    title: 'A file beyond the limit',
    severity: 'error',
    message: ({ path, size, limit }) => ({
      text: `${quoted(path)} has ${exceeding(size, limit)}; a file of a pack may have ${formatBytes(limit)}`,
      hint: 'Publish large data as a container image, or leave it out with .packignore.',
    }),
  },
  'file/too-many': {
    title: 'Too many files',
    severity: 'error',
    message: ({ of, limit }) => ({
      text: {
        entries: `the pack has more than ${limit} files and directories`,
        levels: `the pack has directories more than ${limit} levels deep`,
        characters: `the pack has a path of more than ${limit} characters`,
      }[of],
      hint: 'Look for what was added by mistake, such as a folder of dependencies.',
    }),
  },
  'file/packignore': {
    title: '.packignore cannot be used',
    severity: 'error',
    message: ({ reason }) => ({
      text: `.packignore cannot be used: ${reason}`,
      hint: 'It is a file of a few lines, in the syntax of .gitignore.',
    }),
  },
  'file/pack-too-large': {
    title: 'A pack beyond the limit',
    severity: 'error',
    message: ({ limit }) => ({
      text: `the files of the pack have more than ${formatBytes(limit)} together`,
      hint: 'Leave out what is not needed with .packignore.',
    }),
  },
  'file/junk': {
    title: 'A file that editors or systems leave behind',
    severity: 'warning',
    fix: 'safe',
    message: ({ path }) => ({
      text: `${quoted(path)} is left over from an editor, a merge or an operating system`,
      hint: 'Delete it, and name its kind in .gitignore: it is never part of a release.',
    }),
  },
  'file/large': {
    title: 'A large file in a pack',
    severity: 'hint',
    message: ({ path, size, limit }) => ({
      text: `${quoted(path)} has ${exceeding(size, limit)}, and every clone of the repository keeps it for good`,
      hint: 'Publish large data as a container image, or leave it out with .packignore.',
    }),
  },
  'file/large-pack': {
    title: 'A large pack',
    severity: 'hint',
    message: ({ size, limit, largest }) => ({
      text: `the files of the pack have ${exceeding(size, limit)} together; the largest is ${quoted(largest)}`,
      hint: 'Leave out what is not needed with .packignore: clients download a pack whole.',
    }),
  },
  'file/executable': {
    title: 'A data file that is marked as a program',
    severity: 'warning',
    fix: 'safe',
    message: ({ path }) => ({
      text: `${quoted(path)} is marked as executable although it is no program`,
      hint: 'Take the mark away with `git update-index --chmod=-x`, and `chmod -x` in the working tree.',
    }),
  },
};
