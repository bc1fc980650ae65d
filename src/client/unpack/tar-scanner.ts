import type { ArchiveLimits } from './archive-limits.ts';
import { ArchivePaths } from './archive-paths.ts';
import { ArchiveProblem, shownPath } from './archive-problem.ts';
import type { ArchiveSink } from './archive-sink.ts';
import { entryType } from './entry-types.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LONGEST_EXTENSION, paxPath } from './pax-path.ts';
import { BLOCK, executableOf, isUstar, isZero, linkOf, pathOf, requireChecksum, sizeOf, typeOf } from './tar-fields.ts';

type State = 'header' | 'content' | 'extension' | 'padding' | 'end';

/**
 * Reads the tar of a pack as its bytes come, and tells a sink what is in it. It takes what Packyard writes, and folders
 * besides: readers that are made for every tar there is guess where two of them disagree, and this one throws an
 * `ArchiveProblem` instead. Holds no more than a header at a time.
 */
export class TarScanner {
  readonly #limits: ArchiveLimits;
  readonly #sink: ArchiveSink;
  readonly #paths: ArchivePaths;
  readonly #block = Buffer.alloc(BLOCK);
  #filled = 0;
  #state: State = 'header';
  /** Bytes that the present content, extension or padding still has, and those of padding that follow it. */
  #left = 0;
  #padding = 0;
  #extension: Buffer[] = [];
  #extendedPath: Buffer | undefined;
  #current = '';
  #offset = 0;
  #files = 0;
  #bytes = 0;

  constructor(root: string, limits: ArchiveLimits, sink: ArchiveSink) {
    this.#limits = limits;
    this.#sink = sink;
    this.#paths = new ArchivePaths(root, limits);
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      const taken = this.#take(chunk.subarray(at));
      at += taken;
      this.#offset += taken;
    }
    if (this.#offset > this.#limits.tarBytes) {
      throw new ArchiveProblem(`it expands to more than ${formatBytes(this.#limits.tarBytes)}`);
    }
  }

  /** Throws unless the whole tar was there. */
  end(): void {
    if (this.#offset === 0) throw new ArchiveProblem('there is nothing in it');
    if (this.#state === 'content' || this.#state === 'padding') {
      throw new ArchiveProblem(`it ends inside ${this.#current}`);
    }
    if (this.#state === 'extension' || this.#extendedPath !== undefined) {
      throw new ArchiveProblem('it ends behind an extended header');
    }
    if (this.#offset < BLOCK) throw new ArchiveProblem('there is no tar in it');
    if (this.#state === 'header' && this.#filled > 0) throw new ArchiveProblem('it ends inside a header');
    // Two blocks of zeros are its end; the first was taken for a header.
    if (this.#state === 'header' || this.#left < BLOCK) throw new ArchiveProblem('it ends without the mark of its end');
    if (this.#left % BLOCK !== 0) throw new ArchiveProblem('it ends inside a block');
    if (this.#files === 0) throw new ArchiveProblem('there is no file in it');
  }

  /** How many of the bytes were of use. */
  #take(chunk: Buffer): number {
    switch (this.#state) {
      case 'header':
        return this.#takeHeader(chunk);
      case 'end':
        if (!isZero(chunk)) throw new ArchiveProblem('there is something behind its end');
        this.#left += chunk.length;
        return chunk.length;
      default:
        return this.#takePart(chunk);
    }
  }

  #takeHeader(chunk: Buffer): number {
    const taken = chunk.copy(this.#block, this.#filled, 0, BLOCK - this.#filled);
    this.#filled += taken;
    if (this.#filled < BLOCK) return taken;
    this.#filled = 0;
    if (isZero(this.#block)) this.#state = 'end';
    else this.#header(this.#offset + taken - BLOCK);
    return taken;
  }

  #takePart(chunk: Buffer): number {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    if (this.#state === 'content') this.#sink.content(part);
    else if (this.#state === 'extension') this.#extension.push(Buffer.from(part));
    else if (!isZero(part)) throw new ArchiveProblem(`there is something behind the end of ${this.#current}`);
    if (this.#left === 0) this.#next();
    return part.length;
  }

  #next(): void {
    if (this.#state === 'content') this.#sink.end();
    if (this.#state === 'extension') this.#extendedPath = paxPath(Buffer.concat(this.#extension));
    this.#state = this.#padding === 0 ? 'header' : 'padding';
    this.#left = this.#padding;
    this.#padding = 0;
  }

  #header(offset: number): void {
    const block = this.#block;
    requireChecksum(block, offset);
    const path = this.#extendedPath ?? pathOf(block);
    const shown = shownPath(path.toString('utf8'));
    const type = entryType(typeOf(block), path.toString('utf8'), linkOf(block));
    if (!isUstar(block)) throw new ArchiveProblem(`the header of ${shown} is not of the format ustar`);
    const size = sizeOf(block, shown);
    if (type === 'extended') {
      this.#extend(size);
      return;
    }
    const executable = executableOf(block, shown);
    const inside = this.#paths.add(path, type);
    this.#extendedPath = undefined;
    this.#current = shown;
    if (type === 'file') this.#file({ path: inside, size, executable });
    else if (size > 0) throw new ArchiveProblem(`the folder ${shown} has content`);
    else this.#sink.folder(inside);
  }

  #extend(size: number): void {
    if (this.#extendedPath !== undefined) throw new ArchiveProblem('two extended headers in it follow one another');
    if (size > LONGEST_EXTENSION) throw new ArchiveProblem(`an extended header in it has ${formatBytes(size)}`);
    this.#extension = [];
    this.#current = 'an extended header';
    this.#begin('extension', size);
  }

  #file(file: { readonly path: string; readonly size: number; readonly executable: boolean }): void {
    const { fileBytes, bytes } = this.#limits;
    this.#files += 1;
    this.#bytes += file.size;
    if (file.size > fileBytes) throw new ArchiveProblem(`${this.#current} is larger than ${formatBytes(fileBytes)}`);
    if (this.#bytes > bytes) throw new ArchiveProblem(`its files are larger than ${formatBytes(bytes)} together`);
    this.#sink.file(file);
    this.#begin('content', file.size);
  }

  #begin(state: State, size: number): void {
    this.#state = state;
    this.#left = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0) this.#next();
  }
}
