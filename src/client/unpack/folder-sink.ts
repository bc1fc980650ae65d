import { chmodSync, closeSync, fchmodSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { ArchiveSink } from './archive-sink.ts';

const FOLDER_MODE = 0o755;

/**
 * Writes what an archive holds into a folder that is there and empty. Modes are 0644 and 0755, whatever the umask.
 * Synchronous inside: most files are small, and the steps of each would wait in the thread pool one by one.
 */
export class FolderSink implements ArchiveSink {
  readonly #folder: string;
  readonly #made = new Set<string>(['', '.']);
  #open: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  folder(path: string): void {
    if (this.#made.has(path)) return;
    this.folder(dirname(path));
    const full = this.#at(path);
    mkdirSync(full);
    chmodSync(full, FOLDER_MODE);
    this.#made.add(path);
  }

  file({ path, executable }: { readonly path: string; readonly executable: boolean }): void {
    this.folder(dirname(path));
    // Fails where anything is, even a link that leads nowhere.
    this.#open = openSync(this.#at(path), 'wx', 0o600);
    fchmodSync(this.#open, executable ? 0o755 : 0o644);
  }

  content(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#open ?? -1, bytes, at);
  }

  end(): void {
    this.close();
  }

  /** Gives up a file that is not whole, where there is one. */
  close(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }

  /** To be called when all is written: until then nobody else can look into it. */
  finish(): void {
    chmodSync(this.#folder, FOLDER_MODE);
  }

  #at(path: string): string {
    return join(this.#folder, ...path.split('/'));
  }
}
