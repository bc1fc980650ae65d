import { execFile } from 'node:child_process';

import { PackyardError } from '../../errors.ts';
import { failureOfGit, type GitPlace } from '../../publish/git/git-failure.ts';
import { findRemote, LIVE, type GitRemote } from '../../publish/git/git-remote.ts';
import type { GitResult } from '../../publish/git/run-git.ts';
import { httpAccess } from './token-access.ts';
import { webRepository, type WebRepository } from './host-kind.ts';
import { trustedProgram } from './trusted-program.ts';
import { withSettings } from './with-settings.ts';

/** A remote repository, and how Git gets there. */
export interface PushPlace {
  /** The name that Git has for it. */
  readonly name: string;
  /** Its address without credentials. */
  readonly shown: string;
  readonly web: WebRepository | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** What went wrong with a command that asked it. */
  failure(result: GitResult, doing: 'read' | 'pushed to'): Promise<PackyardError>;
}

export interface PushPlaces {
  readonly registry: PushPlace;
  /** The registry again, unless there is a fork. */
  readonly target: PushPlace;
}

const FORK = 'fork';

export interface FindPlacesOptions {
  /** Folder of the repository whose remotes and settings count. */
  readonly directory: string | undefined;
  /** Name or address. */
  readonly registry: string;
  readonly fork: string | undefined;
  readonly tokenVariable: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export async function findPlaces(options: FindPlacesOptions): Promise<PushPlaces> {
  const { directory, registry, fork, tokenVariable, signal } = options;
  const remote = await findRemote(directory, registry, signal);
  const forked = fork === undefined ? undefined : await findRemote(directory, fork, signal);
  const named =
    forked === undefined
      ? remote.environment
      : withSettings(remote.environment, [[`remote.${FORK}.url`, forked.address]]);
  // A token that is named is for what is pushed to.
  const own = await placeOf(LIVE, remote, named, forked === undefined ? tokenVariable : undefined);
  if (forked === undefined) return { registry: own, target: own };
  return { registry: own, target: await placeOf(FORK, forked, named, tokenVariable) };
}

async function placeOf(
  name: string,
  remote: GitRemote,
  environment: Readonly<Record<string, string>>,
  tokenVariable: string | undefined,
): Promise<PushPlace> {
  const isHttp = /^https?:\/\//iu.test(remote.address) && URL.canParse(remote.address);
  if (!isHttp && tokenVariable !== undefined) {
    throw new PackyardError({
      code: 'usage',
      message: `${remote.shown} is not reached over HTTPS, and only there a token is a password.`,
      hint: 'Leave out --token-variable, or name the address that begins with https://.',
    });
  }
  const access = isHttp ? await httpAccess(remote.address, tokenVariable, environment) : undefined;
  const secrets = [...remote.secrets, ...(access?.secrets ?? [])];
  const place: GitPlace = { location: remote.shown, remote: { ...remote, secrets } };
  return {
    name,
    shown: remote.shown,
    web: webRepository(remote.shown),
    environment: { ...withSettings(environment, access?.settings ?? []), ...access?.environment },
    failure: async ({ stderr, stdout, status }, doing) => {
      const words = [stderr, ...stdout.split('\n').filter((line) => line.startsWith('!'))].join('\n').trim();
      const error = failureOfGit(words === '' ? `exit status ${status}` : words, place, doing);
      return explained(error, words, access?.tried ?? (await triedWithout(remote)), remote);
    },
  };
}

const NOTHING = 'Nothing was changed there or here.';

/** The same failure, with what there is to do about it for somebody who pushes a pack. */
function explained(
  error: PackyardError,
  words: string,
  tried: readonly string[],
  { putAside }: GitRemote,
): PackyardError {
  if (error.code === 'no-space') {
    const hint = `${NOTHING} Make room in the folder for temporary files, or name another one with TMPDIR, and push again.`;
    return again(error, hint);
  }
  if (/^remote: .*No space left on device|^remote: .*Disk quota exceeded|\(unpacker error\)/mu.test(words)) {
    const full = /No space left|quota/u.test(words) ? 'its disk is full' : 'it could not store what was sent';
    const message = error.message.replace('the remote refused it', full);
    return again(error, `${NOTHING} Tell whoever runs it, and push again afterwards.`, message);
  }
  if (/\[remote rejected\]/u.test(words)) {
    return again(
      error,
      `${NOTHING} What the remote says is its own rule: its hooks, its protected branches. Mend what it names, choose another --branch, or push to a --fork.`,
    );
  }
  if (error.code !== 'registry-denied' && error.code !== 'registry-not-found' && !/service not enabled/u.test(words)) {
    return again(error, `${NOTHING} When the cause is mended, push again.`);
  }
  const aside =
    putAside.length === 0 ? '' : ` Programs that only the repository names were put aside: ${putAside.join(', ')}.`;
  const hint = `${NOTHING} Tried: ${tried.join('; ')}.${aside} Who may not push to the registry pushes to a --fork.`;
  return again(error, hint);
}

function again({ code, message, cause }: PackyardError, hint: string, other: string = message): PackyardError {
  return new PackyardError({ code, message: other, hint, ...(cause !== undefined && { cause }) });
}

/** What there is to get in with where no HTTP is spoken. */
async function triedWithout({ address, environment }: GitRemote): Promise<readonly string[]> {
  if (/^git:\/\//iu.test(address)) return ['git:// knows no login, so that the server lets all push or nobody'];
  if (/^file:\/\//iu.test(address) || /^(?:[/\\]|[A-Za-z]:[/\\])/u.test(address))
    return ['what you may do in that folder'];
  const program = ['GIT_SSH_COMMAND', 'GIT_SSH'].find((name) => environment[name] !== undefined);
  return [program === undefined ? 'ssh' : `the program in ${program}`, await agentKeys()];
}

/** How many keys the SSH agent holds; not which. */
function agentKeys(): Promise<string> {
  const socket = process.env['SSH_AUTH_SOCK'] ?? '';
  if (socket === '' && process.platform !== 'win32') return Promise.resolve('no SSH agent (SSH_AUTH_SOCK is not set)');
  return new Promise((resolve) => {
    execFile(trustedProgram('ssh-add'), ['-l'], { timeout: 5000, windowsHide: true }, (error, stdout) => {
      const count = stdout.split('\n').filter((line) => line !== '').length;
      if (error === null) resolve(`an SSH agent with ${count} ${count === 1 ? 'key' : 'keys'}`);
      else resolve(error.code === 1 ? 'an SSH agent without keys' : 'an SSH agent that does not answer');
    });
  });
}
