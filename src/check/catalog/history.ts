import type { HistoricChangeArgs, HistoryRules } from '../../model/rules/history-rules.ts';
import type { Catalog } from './entry.ts';
import { listed, quoted } from './words.ts';

export const HISTORY: Catalog<HistoryRules> = {
  'history/shallow': {
    title: 'The clone is shallow',
    severity: 'warning',
    message: (args) => ({
      text: `the clone is shallow: ${unknownFacts(args)} cannot be known from it`,
      hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout. Or name what is published with --previous: what stands there is taken from there.',
    }),
  },
  'history/changed-release': {
    title: 'A release was another one in the past',
    severity: 'warning',
    message: ({ name, version, changes, more }) => ({
      text: `${name} ${version} is not what it was: ${[...changes.map(changeWords), ...(more === 0 ? [] : [`and ${more} more ${more === 1 ? 'commit' : 'commits'}`])].join('; ')}`,
      hint: 'The newest content is published. A version must stay as it is: give each change a version of its own.',
    }),
  },
  'history/skipped-release': {
    title: 'A release of the past cannot be published',
    severity: 'warning',
    message: ({ name, version, directory, commit, at, reason, lost }) => {
      const where = `${quoted(directory)} as it was in ${shortCommit(commit, at)}`;
      if (name === undefined || version === undefined) {
        return {
          text: `${where} is no release: its pack.json does not say which`,
          hint: 'Nothing is to be done: the past stays as it is.',
        };
      }
      return {
        text: `${name} ${version} is left out of ${where}${reason === undefined ? '' : `: ${reason}`}`,
        hint: lost
          ? 'The history has no other content of it. If it is still needed, bring it back under a version of its own.'
          : 'Older content of it is published instead.',
      };
    },
  },
};

function unknownFacts({ landings, history }: HistoryRules['history/shallow']): string {
  const releases = landings === 1 ? 'one release' : `${landings} releases`;
  const facts = [
    ...(landings === undefined ? ['when releases first landed'] : []),
    ...(landings === undefined || landings === 0 ? [] : [`when ${releases} first landed`]),
    ...(history === undefined ? [] : ['which releases there were before']),
  ];
  return facts.length === 0 ? 'the serial' : `${facts.join(', ')}, and the serial,`;
}

/** How many files of one commit are shown; the finding carries more. */
const FILES = 3;

function changeWords({ commit, at, files, more }: HistoricChangeArgs): string {
  const shown = files.slice(0, FILES);
  return `${shortCommit(commit, at)} ${listed(shown, more + files.length - shown.length)}`;
}

function shortCommit(commit: string, at: string): string {
  return `${commit.slice(0, 12)} (${at.slice(0, 10)})`;
}
