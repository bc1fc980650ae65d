import { stripVTControlCharacters } from 'node:util';

import { PackyardError } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import type { GitRemote } from './git-remote.ts';

/** Lines that say again what the message says. */
const NOISE = /^error: failed to push some refs to /u;

/** What a place that cannot be published to is called in messages. */
export interface GitPlace {
  /** The branch and the address of its remote. */
  readonly location: string;
  readonly remote: Pick<GitRemote, 'shown' | 'secrets' | 'putAside'>;
}

/** The longest piece of Git's own words, in characters. */
const LONGEST = 2000;

/** Lines that say how far a transfer is, and not how it went. */
const PROGRESS =
  /^(?:remote: )?(?:Enumerating|Counting|Compressing|Writing|Receiving|Resolving|Unpacking|Checking|Total|Delta|Reusing)\b.*(?:%|objects|reused|threads)/u;

/** Git's own words, without credentials, progress and what a terminal would obey. */
export function wordsOf(stderr: string, { remote }: GitPlace): string {
  let text = stderr;
  for (const secret of remote.secrets.toSorted((first, second) => second.length - first.length)) {
    text = text.replaceAll(secret, '…');
  }
  text = text
    .replaceAll(/(?<scheme>[A-Za-z][\w+.-]*:\/\/)[^\s/@]*@/gu, '$<scheme>')
    .replaceAll(/\b(?:gh[a-z]_|github_pat_|glpat-)\w+/gu, '…');
  // Behind the mark of one that failed come the commit and the branch, which are known.
  text = text.replaceAll(/^!\t\S+\t/gmu, '');
  const lines = text.split(/\r\n|[\r\n]/u).map((line) => stripVTControlCharacters(line).trimEnd());
  const said = lines.filter(
    (line) => line !== '' && !/^remote:\s*$/u.test(line) && !PROGRESS.test(line) && !NOISE.test(line),
  );
  const words = escapeControl(said.join('\n'));
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

/** The failure of a Git command that asked the remote, or that wrote to the repository that was made for it. */
export function failureOfGit(stderr: string, place: GitPlace, doing: 'read' | 'pushed to'): PackyardError {
  const words = wordsOf(stderr, place);
  const here = words
    .split('\n')
    .filter((line) => !line.startsWith('remote:'))
    .join('\n');
  const cause = CAUSES.find(({ pattern, everywhere }) => pattern.test(everywhere === true ? words : here));
  const message = `${place.location} could not be ${doing}${cause === undefined ? '' : `: ${cause.what}`}. Git says: ${words === '' ? 'nothing' : words}`;
  const hint = cause?.hint(place) ?? 'Nothing was changed there. When the cause is mended, publish again.';
  return new PackyardError({ code: cause?.code ?? 'git-failed', message, hint });
}

interface Cause {
  readonly pattern: RegExp;
  /** Also in what the remote itself says. */
  readonly everywhere?: true;
  readonly code: PackyardError['code'];
  readonly what: string;
  readonly hint: (place: GitPlace) => string;
}

const CAUSES: readonly Cause[] = [
  {
    pattern: /\[remote rejected\] \(non-fast-forward\)/u,
    code: 'registry-denied',
    what: 'it only takes commits on top of its own',
    hint: () => 'Publish with the history of the branch kept.',
  },
  {
    pattern: /\[remote rejected\]/u,
    code: 'registry-denied',
    what: 'the remote refused it',
    hint: () =>
      'Nothing was changed there. Look at the rules for this branch: its hooks, its protection, the sizes it allows; or name another branch.',
  },
  {
    pattern: /No space left on device|Disk quota exceeded/u,
    code: 'no-space',
    what: 'there is no space left for the objects that are made first',
    hint: () => 'Make room in the folder for temporary files, or name another one with TMPDIR, and publish again.',
  },
  {
    pattern:
      /Authentication failed|could not read (?:Username|Password)|Permission denied|Permission to .* denied|Access denied|returned error: 40[13]|Host key verification failed|terminal prompts disabled/iu,
    everywhere: true,
    code: 'registry-denied',
    what: 'there is no access',
    hint: accessHint,
  },
  {
    pattern:
      /does not appear to be a git repository|Repository not found|repository '.*' not found|returned error: 404|does not exist/iu,
    everywhere: true,
    code: 'registry-not-found',
    what: 'there is no such repository, or it is not shown to whoever asks',
    hint: accessHint,
  },
  {
    pattern:
      /Could not resolve host|Failed to connect|Connection (?:refused|timed out|reset)|Operation timed out|early EOF|unexpected disconnect|remote end hung up|returned error: 5\d\d|Couldn't connect|RPC failed|SSL|network/iu,
    code: 'registry-unreachable',
    what: 'the connection failed',
    hint: () => 'Publish again: what was pushed is whole or not there at all.',
  },
  {
    pattern: /transport '.*' not allowed/u,
    code: 'usage',
    what: 'Git is told not to go there in this way',
    hint: () => 'Name an address that begins with https:// or ssh://.',
  },
];

function accessHint({ remote }: GitPlace): string {
  const aside =
    remote.putAside.length === 0
      ? ''
      : ` Packyard runs no program that a repository names (${remote.putAside.join(', ')}): name it in your own settings, with git config --global, or in GIT_SSH_COMMAND or GIT_ASKPASS.`;
  return `Look whether the address is right and whether you may push there; in GitHub Actions, the job needs \`permissions: contents: write\`.${aside}`;
}
