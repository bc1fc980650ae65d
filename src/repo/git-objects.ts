import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

import { PackyardError } from '../errors.ts';
import { gitEnvironment } from './git-environment.ts';
import { gitProgram } from './git-program.ts';

/** A Git object; `data` is absent when it is larger than the reader was asked to hold. */
export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  /** Bytes. */
  readonly size: number;
  readonly data?: Buffer;
}

export interface NamedObject extends GitObject {
  readonly oid: string;
}

/** Reads objects by id, many at a time, through one process. */
export interface GitObjects {
  /**
   * Objects arrive in the order in which they were asked for. Larger ones than `maxBytes` come without data; a function
   * is asked when the object's size is known.
   * Rejects with `git-failed` when the object is missing or Git stops.
   */
  read(oid: string, maxBytes?: number | (() => number)): Promise<GitObject>;
  /**
   * What a revision such as `HEAD^{commit}` names; undefined when that is nothing, or not one thing. The name must hold
   * no white space.
   */
  named(name: string): Promise<NamedObject | undefined>;
  /** Keeps a copy of a blob that will be wanted once more, as long as there is room. */
  hold(oid: string, data: Buffer): void;
  /** The bytes of a blob that is kept; others must be read. */
  held(oid: string): Buffer | undefined;
  /** How many blobs were read, for reports. */
  readonly blobsRead: number;
  close(): Promise<void>;
}

interface Request {
  readonly oid: string;
  readonly maxBytes: number | (() => number);
  readonly resolve: (object: NamedObject) => void;
  readonly reject: (error: Error) => void;
}

/** Starts `git cat-file --batch` in a directory. */
export function openGitObjects(directory: string, extra: Readonly<Record<string, string>> = {}): GitObjects {
  return new BatchReader(
    spawn(gitProgram(), ['cat-file', '--batch'], { cwd: directory, env: gitEnvironment(extra), windowsHide: true }),
  );
}

/** Bytes of the blobs that are held at most. */
const MOST_HELD = 8_388_608;

class BatchReader implements GitObjects {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #requests: Request[] = [];
  readonly #closed: Promise<void>;
  #next = 0;
  #failure: Error | undefined;
  /** The object whose bytes are arriving; its last byte is a line feed that Git adds. */
  #current: { object: NamedObject; chunks: Buffer[] | undefined; left: number } | undefined;
  #header = '';
  #outgoing = '';
  #stderr = '';
  readonly #held = new Map<string, Buffer>();
  #heldBytes = 0;
  blobsRead = 0;

  constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    process.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    process.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString('utf8').slice(0, 1000)));
    process.on('error', (error) => this.#fail(`could not start: ${error.message}`));
    process.stdin.on('error', () => undefined);
    this.#closed = new Promise((resolve) => {
      process.on('close', () => {
        this.#fail(`stopped early. ${this.#stderr}`.trim());
        resolve();
      });
    });
  }

  read(oid: string, maxBytes: number | (() => number) = Number.POSITIVE_INFINITY): Promise<GitObject> {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(oid)) return Promise.reject(new TypeError(`not an object id: ${oid}`));
    return this.#request(oid, maxBytes);
  }

  hold(oid: string, data: Buffer): void {
    if (this.#held.has(oid) || this.#heldBytes + data.length > MOST_HELD) return;
    // A copy, because the blob may be a piece of a much larger buffer.
    this.#held.set(oid, Buffer.from(data));
    this.#heldBytes += data.length;
  }

  held(oid: string): Buffer | undefined {
    return this.#held.get(oid);
  }

  async named(name: string): Promise<NamedObject | undefined> {
    if (/\s/u.test(name)) throw new TypeError(`not a name without white space: ${name}`);
    return this.#request(name, Number.POSITIVE_INFINITY).catch((error: unknown) => {
      if (this.#failure !== undefined) throw error;
      return undefined;
    });
  }

  #request(oid: string, maxBytes: Request['maxBytes']): Promise<NamedObject> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#requests.push({ oid, maxBytes, resolve, reject });
      this.#ask(oid);
    });
  }

  async close(): Promise<void> {
    this.#process.stdin.end(this.#outgoing);
    this.#outgoing = '';
    await this.#closed;
  }

  /** Requests of one turn of the event loop go out in one write: a write for each costs more than Git's answer. */
  #ask(oid: string): void {
    if (this.#outgoing === '') {
      setImmediate(() => {
        if (this.#outgoing !== '') this.#process.stdin.write(this.#outgoing);
        this.#outgoing = '';
      });
    }
    this.#outgoing += `${oid}\n`;
  }

  #receive(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      offset = this.#current === undefined ? this.#readHeader(chunk, offset) : this.#readData(chunk, offset);
    }
  }

  #readHeader(chunk: Buffer, offset: number): number {
    const end = chunk.indexOf(0x0a, offset);
    this.#header += chunk.toString('latin1', offset, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.length;
    const [oid = '', type = '', size] = this.#header.split(' ');
    this.#header = '';
    const request = this.#requests[this.#next];
    if (size === undefined) {
      this.#settle()?.reject(missingObject(oid, type));
    } else {
      const object = { oid, type: type as GitObject['type'], size: Number(size) };
      const limit = request?.maxBytes ?? 0;
      const wanted = object.size <= (typeof limit === 'number' ? limit : limit());
      this.#current = { object, chunks: wanted ? [] : undefined, left: object.size + 1 };
    }
    return end + 1;
  }

  #readData(chunk: Buffer, offset: number): number {
    const current = this.#current;
    if (current === undefined) return offset;
    const end = Math.min(chunk.length, offset + current.left);
    if (current.chunks !== undefined) current.chunks.push(chunk.subarray(offset, end));
    current.left -= end - offset;
    if (current.left === 0) {
      this.#current = undefined;
      const { object, chunks } = current;
      if (object.type === 'blob') this.blobsRead += 1;
      this.#settle()?.resolve(chunks === undefined ? object : { ...object, data: join(chunks, object.size) });
    }
    return end;
  }

  #settle(): Request | undefined {
    const request = this.#requests[this.#next];
    this.#next += 1;
    if (this.#next > 4096) {
      this.#requests.splice(0, this.#next);
      this.#next = 0;
    }
    return request;
  }

  #fail(reason: string): void {
    this.#failure ??= new PackyardError({ code: 'git-failed', message: `git cat-file ${reason}` });
    for (const request of this.#requests.splice(this.#next)) request.reject(this.#failure);
  }
}

/** The chunks as one buffer of `size` bytes, without the line feed that follows them; copied only where there are several. */
function join(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  if (first !== undefined && first.length >= size) return first.subarray(0, size);
  const data = Buffer.allocUnsafeSlow(size);
  let offset = 0;
  for (const chunk of chunks) offset += chunk.copy(data, offset);
  return data;
}

function missingObject(oid: string, state: string): PackyardError {
  return new PackyardError({
    code: 'git-failed',
    message: `Git object ${oid} is ${state || 'missing'}.`,
    hint: 'The repository may be damaged or incomplete: run `git fsck`, or fetch it again.',
  });
}
