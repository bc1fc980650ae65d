export { openRegistry } from './open-registry.ts';
export { OpenedRegistry, type ExtractOptions } from './opened-registry.ts';
export type { OpenRegistryOptions } from './open-registry-options.ts';
export { OperationAbandoned, type Operation } from './operation.ts';
export { mirror, verifyArchive, verifyPack, verifyRegistry } from './node-operations.ts';
export { parseReference, referenceText, type PackReference } from './reference.ts';
export type { ClientWarning, FetchedFile, FetchFileOptions, Registry, RegistryRelease } from './registry.ts';
export type {
  DocumentLink,
  FileLink,
  IndexDocument,
  IndexPack,
  PackDocument,
  ReleaseDocument,
  SearchDocument,
  SearchPack,
} from '../model/documents.ts';
export type { MirrorEvent, MirrorOptions, MirrorResult } from './mirror/mirror-options.ts';
export type { PullOptions } from './pull.ts';
export type { PullEvent, PullResult } from './pull/pull-plan.ts';
export type { ResolveOptions } from './resolve.ts';
export type { FoundPart, SearchFilter, SearchHit, SearchResult } from './search/search.ts';
export type { InstalledPack } from './unpack/install-pack.ts';
export type {
  ArchiveVerification,
  PackVerification,
  RegistryVerification,
  VerifyArchiveOptions,
  VerifyFinding,
  VerifyFindingKind,
  VerifyPackOptions,
  VerifyProgress,
  VerifyRegistryOptions,
} from './verify.ts';
export { PackyardError, type ErrorCode } from '../errors.ts';
