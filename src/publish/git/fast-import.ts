import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

import { PackyardError } from '../../errors.ts';
import type { Content } from '../../model/entry.ts';
import { gitEnvironment } from '../../repo/git-environment.ts';
import { gitProgram } from '../../repo/git-program.ts';
import type { RunGitOptions } from './run-git.ts';

/** A commit as `git fast-import` makes it. */
export interface NewCommit {
  /** Without line feeds and angle brackets. */
  readonly identity: { readonly name: string; readonly email: string };
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly message: string;
  /** Id of the commit that it follows. */
  readonly parent?: string;
  /** Id of the tree that it changes, where it follows none. */
  readonly tree?: string;
  /** Object ids of files by path; undefined removes one. */
  readonly changes: ReadonlyMap<string, string | undefined>;
}

/** Writes objects to a repository, all of them into one pack. */
export interface FastImport {
  /** Resolves with the blob's id. When its content fails, nothing more can be written. */
  blob(name: string, content: Content): Promise<string>;
  /** Makes the commit, below a reference of its own, and ends. Resolves with its id. */
  commit(commit: NewCommit): Promise<string>;
  /** Ends; what was written is gone. */
  stop(): Promise<void>;
}

/**
 * Starts `git fast-import` in a repository. `failureOf` makes what is thrown when it ends early, of what it said.
 * Source: https://git-scm.com/docs/git-fast-import
 */
export function startFastImport(options: RunGitOptions, failureOf: (stderr: string) => Error): FastImport {
  const { directory, environment, signal } = options;
  const args = ['fast-import', '--quiet', '--done', '--force', '--date-format=raw'];
  const child = spawn(gitProgram(), args, { cwd: directory, env: gitEnvironment(environment), windowsHide: true });
  return new Import(child, failureOf, signal);
}

class Import implements FastImport {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<void>;
  readonly #signal: AbortSignal | undefined;
  /** Who waits for the ids that Git prints, in the order of what it was given. */
  readonly #waiting: { resolve: (oid: string) => void; reject: (error: Error) => void }[] = [];
  #failure: Error | undefined;
  #marks = 0;
  #printed = '';
  #stderr = '';
  /** Git reads one thing after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(child: ChildProcessWithoutNullStreams, failureOf: (stderr: string) => Error, signal?: AbortSignal) {
    this.#child = child;
    this.#signal = signal;
    const abort = (): void => this.#fail(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk.toString('latin1')));
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(0, 10_000);
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.#fail(failureOf(error.message)));
    this.#closed = new Promise((resolve) => {
      child.on('close', () => {
        signal?.removeEventListener('abort', abort);
        this.#fail(failureOf(this.#stderr));
        resolve();
      });
    });
    if (signal?.aborted === true) abort();
  }

  blob(name: string, content: Content): Promise<string> {
    return this.#inTurn(async () => {
      await this.#write(`blob\nmark :${this.#mark()}\ndata ${content.size}\n`);
      await this.#writeContent(name, content);
      return this.#askMark();
    });
  }

  async commit({ identity, seconds, message, parent, tree, changes }: NewCommit): Promise<string> {
    const who = `${identity.name} <${identity.email}> ${seconds} +0000`;
    const text = Buffer.from(message.endsWith('\n') ? message : `${message}\n`);
    const oid = await this.#inTurn(async () => {
      const reference = `refs/packyard/next-${this.#marks}`;
      await this.#write(`commit ${reference}\nmark :${this.#mark()}\nauthor ${who}\ncommitter ${who}\n`);
      await this.#write(`data ${text.length}\n${text.toString('utf8')}\n`);
      if (parent !== undefined) await this.#write(`from ${parent}\n`);
      else if (tree !== undefined) await this.#write(`M 040000 ${tree} ""\n`);
      // What goes first: a file may be where a folder is to be.
      for (const [path, blob] of changes) if (blob === undefined) await this.#write(`D ${path}\n`);
      for (const [path, blob] of changes) if (blob !== undefined) await this.#write(`M 100644 ${blob} ${path}\n`);
      return this.#askMark();
    });
    this.#child.stdin.end('done\n');
    await this.#closed;
    if (this.#child.exitCode !== 0) throw this.#failure ?? new Error('git fast-import failed');
    return oid;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#closed;
  }

  /** The next thing is written when this one is; both are answered when Git has read them. */
  #inTurn(work: () => Promise<{ readonly oid: Promise<string> }>): Promise<string> {
    const turn = this.#last.then(() => {
      if (this.#failure !== undefined) throw this.#failure;
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn.then(({ oid }) => oid);
  }

  #mark(): number {
    this.#marks += 1;
    return this.#marks;
  }

  async #askMark(): Promise<{ readonly oid: Promise<string> }> {
    const oid = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    // It may fail before anybody looks at it.
    oid.catch(() => undefined);
    await this.#write(`\nget-mark :${this.#marks}\n`);
    return { oid };
  }

  async #writeContent(name: string, content: Content): Promise<void> {
    let size = 0;
    try {
      for await (const chunk of content.open()) {
        this.#signal?.throwIfAborted();
        size += chunk.byteLength;
        if (size > content.size) break;
        await this.#write(chunk);
      }
      if (size !== content.size) throw sizeError(name, content.size);
    } catch (error) {
      // Git waits for the rest of it, and would take anything else for that.
      this.#fail(error as Error);
      throw error;
    }
  }

  async #write(data: string | Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#child.stdin.write(data)) return;
    await Promise.race([new Promise((resolve) => this.#child.stdin.once('drain', resolve)), this.#closed]);
  }

  #receive(text: string): void {
    const lines = (this.#printed + text).split('\n');
    this.#printed = lines.pop() ?? '';
    for (const line of lines) this.#waiting.shift()?.resolve(line);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#child.kill();
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

function sizeError(name: string, size: number): PackyardError {
  return new PackyardError({
    code: 'cache-corrupt',
    message: `${name} does not have the ${size} bytes that it should have.`,
    hint: 'It was changed while it was read. Build again, and publish again.',
  });
}
