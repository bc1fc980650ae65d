export type { VerifyFinding, VerifyFindingKind } from './verify/verify-finding.ts';
export type { VerifyProgress } from './verify/verify-progress.ts';
export { verifyArchive, type ArchiveVerification, type VerifyArchiveOptions } from './verify/verify-archive.ts';
export { verifyPack, type PackVerification, type VerifyPackOptions } from './verify/verify-pack.ts';
export { verifyRegistry, type RegistryVerification, type VerifyRegistryOptions } from './verify/verify-registry.ts';
