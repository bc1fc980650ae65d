export { build, type BuildResult } from './build/build.ts';
export type { CheckOptions } from './build/check-options.ts';
export { check } from './build/check-repository.ts';
export type { CheckResult } from './build/check-source.ts';
export { fix, type FixOptions, type FixResult } from './build/fix-repository.ts';
export type { BuildOptions } from './build/build-options.ts';
export type { BuildPlan, PlannedWrite } from './build/plan.ts';
export type { BuildProgress, OnProgress } from './build/progress.ts';
export type { BuildReport, FileCounts, ReleaseCounts } from './build/report.ts';
export type { CheckReport, ReportedFinding } from './check/check-report.ts';
export { explain, listRules, type ExplainedRule, type ListedRule } from './check/explain.ts';
export type { FileChange } from './check/fix/file-changes.ts';
export { formatFinding, type Paint } from './check/format-finding.ts';
export { messageOf, type Message } from './check/messages.ts';
export { FORMATS, type Format } from './check/formats.ts';
export { report, type ReportOptions } from './check/reporters.ts';
export { PackyardError, type ErrorCode, type PackyardErrorOptions } from './errors.ts';
export type {
  DocumentLink,
  FileLink,
  IndexDocument,
  IndexPack,
  PackDocument,
  ReleaseDocument,
  SearchDocument,
  SearchPack,
} from './model/documents.ts';
export type { Content, Entry } from './model/entry.ts';
export type { Level, Preset } from './model/check-config.ts';
export type { Finding, Place, Severity } from './model/finding.ts';
export { LAYERS, type Layer } from './model/layer.ts';
export type { Dependency, PackManifest, ResourceConstraint } from './model/pack-manifest.ts';
export type { ReleaseChart } from './model/registry.ts';
export type { FindingArgs, RuleId } from './model/rules.ts';
export type { LimitArgs, MissingArgs, SchemaArgs, UnknownKeyArgs } from './model/rules/args.ts';
export { tagsOf, type TaggedRelease } from './model/tags.ts';
export { compareVersions, parseVersion, type Version } from './model/version.ts';
