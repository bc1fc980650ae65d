import type { StatusRules } from '../../model/rules/status-rules.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, exceeding, quoted, subject } from './words.ts';

export const STATUS: Catalog<StatusRules> = {
  'status/bad-date': {
    title: 'A date of a status that is none',
    severity: 'error',
    message: ({ date }) => ({
      text: `there is no day ${quoted(date)}`,
      hint: 'Write year, month and day, as in 2026-05-01.',
    }),
  },
  'status/bad-versions': {
    title: 'Versions of a status that cannot be read',
    severity: 'error',
    message: ({ versions }) => ({
      text: `${quoted(versions)} says no versions`,
      hint: 'Write one version (1.3.1), a train (1.3.x), a range (>=1.2 <2), or * for all.',
    }),
  },
  'status/duplicate-key': {
    title: 'A key stands twice in a file of status/',
    severity: 'error',
    message: ({ key, firstLine }) => ({
      text: `the key ${quoted(key)} stands twice, first in line ${firstLine}`,
      hint: 'Keep one of them; what is said about other versions needs an entry of its own under "releases".',
    }),
  },
  'status/invalid-yaml': {
    title: 'A file of status/ is not valid YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `the file is not valid YAML: ${reason}`,
      hint: 'Mend the line; indentation is spaces only.',
    }),
  },
  'status/misplaced-file': {
    title: 'Something in status/ that nothing reads',
    severity: 'warning',
    message: ({ what, suggestion }) => ({
      text: `${what} in status/ is not read`,
      hint:
        didYouMean(suggestion) ??
        'status/ holds <name>.yaml for packs, with the name that pack.json has, and nothing else.',
    }),
  },
  'status/not-a-file': {
    title: 'A file of status/ that is a link or a submodule',
    severity: 'error',
    message: ({ what }) => ({
      text: `${what} stands where a file is wanted, and is not followed`,
      hint: 'Put the file itself there.',
    }),
  },
  'status/own-replacement': {
    title: 'A release that is to be replaced by itself',
    severity: 'error',
    message: ({ replacement }) => ({
      text: `the replacement ${quoted(replacement)} is itself one of the versions that it is to replace`,
      hint: 'Name another version, or take this one out of "versions".',
    }),
  },
  'status/schema': {
    title: 'A file of status/ does not fit its schema',
    severity: 'error',
    message: ({ pointer, expected }) => ({
      text: `${subject(pointer)} ${expected}`,
      hint: 'schemas/status.schema.json says what the files of status/ may hold.',
    }),
  },
  'status/too-large': {
    title: 'A file of status/ is too large',
    severity: 'error',
    message: ({ size, limit }) => ({
      text: `the file has ${exceeding(size, limit)}, of at most ${formatBytes(limit)}`,
      hint: 'Say the same with fewer entries: a range means many versions.',
    }),
  },
  'status/too-many-files': {
    title: 'Too many files in status/',
    severity: 'error',
    message: ({ count, limit }) => ({
      text: `status/ holds ${count} files, of at most ${limit}; none is read`,
      hint: 'Remove those of packs that are no more.',
    }),
  },
  'status/unknown-key': {
    title: 'Unknown key in a file of status/',
    severity: 'warning',
    message: ({ key, suggestion }) => ({
      text: `files of status/ have no key ${quoted(key)} here`,
      hint: didYouMean(suggestion) ?? 'Remove it: nothing reads it.',
    }),
  },
  'status/unknown-pack': {
    title: 'A status of a pack that does not exist',
    severity: 'error',
    message: ({ name, suggestion }) => ({
      text: `there is no pack ${quoted(name)}`,
      hint:
        didYouMean(suggestion) ?? 'Name the file after the pack, as in its pack.json; remove it if the pack is gone.',
    }),
  },
  'status/unknown-replacement': {
    title: 'A replacement that does not exist',
    severity: 'error',
    message: ({ name, version, suggestion }) => ({
      text:
        version === undefined
          ? `the replacement is a pack that does not exist: ${quoted(name)}`
          : `the replacement does not exist: the pack ${quoted(name)} has no version ${quoted(version)}`,
      hint: didYouMean(suggestion) ?? 'Name a release that is there, or leave the replacement out.',
    }),
  },
  'status/unknown-version': {
    title: 'A status of versions that do not exist',
    severity: 'error',
    message: ({ name, versions, suggestion }) => ({
      text: `the pack ${quoted(name)} has no version that ${quoted(versions)} means`,
      hint: didYouMean(suggestion) ?? 'Correct the versions, or remove the entry if they are gone.',
    }),
  },
  'status/withdrawn-replacement': {
    title: 'A replacement that is itself not to be used',
    // Another pack's yank can make it so, and must not wait for anybody.
    severity: 'warning',
    message: ({ replacement, state }) => ({
      text: `the replacement ${quoted(replacement)} is itself ${state}`,
      hint: 'Name a release that may be used, or leave the replacement out.',
    }),
  },
};
