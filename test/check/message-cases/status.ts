import type { StatusRules } from '../../../src/model/rules/status-rules.ts';
import type { Cases } from './case.ts';

export const STATUS: Cases<StatusRules> = {
  'status/bad-date': [
    {
      args: { date: '2026-02-30' },
      text: 'there is no day "2026-02-30"',
      hint: 'Write year, month and day, as in 2026-05-01.',
    },
  ],
  'status/bad-versions': [
    {
      args: { versions: 'latest' },
      text: '"latest" says no versions',
      hint: 'Write one version (1.3.1), a train (1.3.x), a range (>=1.2 <2), or * for all.',
    },
  ],
  'status/duplicate-key': [
    {
      args: { key: 'state', firstLine: 3 },
      text: 'the key "state" stands twice, first in line 3',
      hint: 'Keep one of them; what is said about other versions needs an entry of its own under "releases".',
    },
  ],
  'status/invalid-yaml': [
    {
      args: { reason: 'bad indentation' },
      text: 'the file is not valid YAML: bad indentation',
      hint: 'Mend the line; indentation is spaces only.',
    },
  ],
  'status/misplaced-file': [
    {
      args: { what: 'the file', suggestion: 'status/nginx.yaml' },
      text: 'the file in status/ is not read',
      hint: 'Did you mean "status/nginx.yaml"?',
    },
    {
      args: { what: 'a folder' },
      text: 'a folder in status/ is not read',
      hint: 'status/ holds <name>.yaml for packs, with the name that pack.json has, and nothing else.',
    },
  ],
  'status/not-a-file': [
    {
      args: { what: 'a symbolic link' },
      text: 'a symbolic link stands where a file is wanted, and is not followed',
      hint: 'Put the file itself there.',
    },
  ],
  'status/own-replacement': [
    {
      args: { replacement: '1.3.1' },
      text: 'the replacement "1.3.1" is itself one of the versions that it is to replace',
      hint: 'Name another version, or take this one out of "versions".',
    },
  ],
  'status/schema': [
    {
      args: { pointer: '/releases/0', expected: 'needs the key "reason"' },
      text: '"releases.0" needs the key "reason"',
      hint: 'schemas/status.schema.json says what the files of status/ may hold.',
    },
  ],
  'status/too-large': [
    {
      args: { size: 70_000, limit: 65_536 },
      text: 'the file has 68 KiB, of at most 64 KiB',
      hint: 'Say the same with fewer entries: a range means many versions.',
    },
  ],
  'status/too-many-files': [
    {
      args: { count: 20_001, limit: 20_000 },
      text: 'status/ holds 20001 files, of at most 20000; none is read',
      hint: 'Remove those of packs that are no more.',
    },
  ],
  'status/unknown-key': [
    {
      args: { key: 'reaplcement', suggestion: 'replacement' },
      text: 'files of status/ have no key "reaplcement" here',
      hint: 'Did you mean "replacement"?',
    },
    {
      args: { key: 'x' },
      text: 'files of status/ have no key "x" here',
      hint: 'Remove it: nothing reads it.',
    },
  ],
  'status/unknown-pack': [
    { args: { name: 'ngnix', suggestion: 'nginx' }, text: 'there is no pack "ngnix"', hint: 'Did you mean "nginx"?' },
    {
      args: { name: 'x' },
      text: 'there is no pack "x"',
      hint: 'Name the file after the pack, as in its pack.json; remove it if the pack is gone.',
    },
  ],
  'status/unknown-replacement': [
    {
      args: { name: 'nginx', version: '1.3.2', suggestion: '1.3.1' },
      text: 'the replacement does not exist: the pack "nginx" has no version "1.3.2"',
      hint: 'Did you mean "1.3.1"?',
    },
    {
      args: { name: 'trafeik' },
      text: 'the replacement is a pack that does not exist: "trafeik"',
      hint: 'Name a release that is there, or leave the replacement out.',
    },
  ],
  'status/unknown-version': [
    {
      args: { name: 'nginx', versions: '1.3.11', suggestion: '1.3.1' },
      text: 'the pack "nginx" has no version that "1.3.11" means',
      hint: 'Did you mean "1.3.1"?',
    },
    {
      args: { name: 'nginx', versions: '^3' },
      text: 'the pack "nginx" has no version that "^3" means',
      hint: 'Correct the versions, or remove the entry if they are gone.',
    },
  ],
  'status/withdrawn-replacement': [
    {
      args: { replacement: '1.3.1', state: 'yanked' },
      text: 'the replacement "1.3.1" is itself yanked',
      hint: 'Name a release that may be used, or leave the replacement out.',
    },
  ],
};
