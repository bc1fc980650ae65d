import { concatenated, sha256Of } from '../../remote/sha256.ts';
import type { FetchedFile } from '../registry.ts';
import type { ClientCache, Download, Pointer } from './client-cache.ts';

/** Keeps documents while the process, or the page, lasts; files only as long as somebody has them. */
export function memoryCache(): ClientCache {
  const documents = new Map<string, Uint8Array>();
  const pointers = new Map<string, Pointer>();
  return {
    document: async (sha256) => documents.get(sha256),
    keepDocument: async (sha256, bytes) => void documents.set(sha256, bytes),
    pointer: async (address) => pointers.get(address),
    keepPointer: async (address, pointer) => void pointers.set(address, pointer),
    file: async () => undefined,
    download: async () => memoryDownload(),
  };
}

function memoryDownload(): Download {
  let chunks: Uint8Array[] = [];
  return {
    received: 0,
    append: async (chunk) => void chunks.push(chunk),
    restart: async () => void (chunks = []),
    sha256: () => sha256Of(concatenated(chunks)),
    async commit(sha256) {
      return fileOf(concatenated(chunks), sha256);
    },
    release: async () => undefined,
  };
}

/** Bytes that are known to be right. */
function fileOf(bytes: Uint8Array, sha256: string): FetchedFile {
  return {
    size: bytes.byteLength,
    sha256,
    async *open() {
      yield bytes;
    },
  };
}
