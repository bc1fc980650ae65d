export { build, type BuildResult } from './build/build.ts';
export type { CheckOptions } from './build/check-options.ts';
export { check } from './build/check-repository.ts';
export type { CheckResult } from './build/check-source.ts';
export { fix, type FixOptions, type FixResult } from './build/fix-repository.ts';
export type { BuildOptions } from './build/build-options.ts';
export { diff } from './build/diff/diff.ts';
export type { DiffOptions } from './build/diff/diff-options.ts';
export { DIFF_FORMATS, formatDiff, type DiffFormat, type FormatDiffOptions } from './build/diff/format-diff.ts';
export type {
  ChartChange,
  ChartVersion,
  DependencyChange,
  DiffSide,
  FileChange as ReleaseFileChange,
  FilesDiff,
  Growth,
  ListDiff,
  Part,
  Refusal,
  RegistryDiff,
  ReleaseDiff,
  ShownValue,
  StatusChange,
  ValueChange,
} from './build/diff/registry-diff.ts';
export { editStatus, type EditStatusOptions } from './build/edit-status.ts';
export type { StatusEdit, VersionChange } from './build/plan-status-edit.ts';
export { openRegistrySource, type RegistrySourceOptions } from './remote/open-registry-source.ts';
export type { ExpectedFile, RegistrySource } from './remote/registry-source.ts';
export type { TagChange } from './build/tag-changes.ts';
export type { BuildPlan, KeptFiles, PlannedWrite } from './build/plan.ts';
export type { BuildProgress, OnProgress } from './build/progress.ts';
export type { BuildReport, FileCounts, PreviousReport, ReleaseCounts } from './build/report.ts';
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
  PackSources,
  ReleaseDocument,
  ReleaseSource,
  SearchDocument,
  SearchPack,
  SourcesDocument,
  SupersededContent,
} from './model/documents.ts';
export type { Content, Entry } from './model/entry.ts';
export type { Level, Preset } from './model/check-config.ts';
export type { Finding, Place, Severity } from './model/finding.ts';
export { LAYERS, type Layer } from './model/layer.ts';
export type { Dependency, PackManifest, ResourceConstraint } from './model/pack-manifest.ts';
export type { ReleaseChart } from './model/registry.ts';
export type { FindingArgs, RuleId } from './model/rules.ts';
export type { LimitArgs, MissingArgs, SchemaArgs, UnknownKeyArgs } from './model/rules/args.ts';
export type { ReleaseState, ReleaseStatus } from './model/status.ts';
export { tagsOf, type TaggedRelease } from './model/tags.ts';
export { highestMatching, matches as matchesSelector, parseSelector, type Selector } from './model/version-selector.ts';
export { compareVersions, parseVersion, type Version } from './model/version.ts';
export { doctor, type DoctorOptions } from './publish/doctor/doctor.ts';
export type { DoctorReport, ProbeName, ProbeState } from './publish/doctor/doctor-report.ts';
export { openStore, type StoreTarget } from './publish/open-store.ts';
export { preparePages, type PreparePagesOptions } from './publish/pages/prepare-pages.ts';
export { publish } from './publish/publish.ts';
export type {
  PublishEvent,
  PublishOptions,
  PublishOutcome,
  PublishResult,
  PublishWarning,
  RollbackOptions,
} from './publish/publish-options.ts';
export type { PublishPlan } from './publish/publish-plan.ts';
export { rollback } from './publish/rollback.ts';
export { serve, type LocalServer, type ServeOptions } from './publish/serve/serve.ts';
export type { Condition, Store, StoredFile, StoreTraffic } from './publish/store.ts';
export { init, type InitResult } from './contribute/init/init.ts';
export {
  PUBLISH_TARGETS,
  type InitAnswers,
  type InitOptions,
  type PublishTarget,
} from './contribute/init/init-options.ts';
export type { InitValues } from './contribute/init/init-values.ts';
export type { NextStep } from './contribute/init/next-steps.ts';
export type { PlannedFile as PlannedInitFile } from './contribute/init/plan-init.ts';
export { readChartPart, type ReadChartPartOptions } from './contribute/chart/read-chart-part.ts';
export { newPack, writeNewPack } from './contribute/new/new-pack.ts';
export type { AskedFacts, NewPackOptions, NewPackPlan, ProposedPack } from './contribute/new/new-pack-options.ts';
export { planNewPack } from './contribute/new/plan-new-pack.ts';
export { applyBump, bump } from './contribute/bump/bump.ts';
export { planBump } from './contribute/bump/plan-bump.ts';
export type { BumpOptions, BumpPlan, SwappedChart, UnknownValue, ValueConflict } from './contribute/bump/bump-plan.ts';
export {
  mergeValues,
  type MergeConflict,
  type MergedValues,
  type MergeRequest,
} from './contribute/bump/merge-values.ts';
export { planPush, push } from './contribute/push/push.ts';
export { HOST_KINDS, type HostKind } from './contribute/push/host-kind.ts';
export type {
  LeftOut,
  PlannedFile,
  PlannedPack,
  PushOptions,
  PushPlan,
  PushProgress,
  PushResult,
} from './contribute/push/push-options.ts';
export { PackRefusedError, ReleaseTakenError, type FileDifference } from './contribute/push/push-errors.ts';
export type { OpenedPullRequest, PullRequest } from './contribute/push/pull-request.ts';
