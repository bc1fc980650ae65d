/** Is told what an archive holds, in its order. Paths are inside the root folder, and safe to write to. */
export interface ArchiveSink {
  /** '' is the root folder. Folders that only paths of files imply are not told. */
  folder(path: string): void;
  /** A file begins. */
  file(file: { readonly path: string; readonly size: number; readonly executable: boolean }): void;
  /** More of its content; the bytes may change afterwards. */
  content(bytes: Uint8Array): void;
  /** It is whole. */
  end(): void;
}
