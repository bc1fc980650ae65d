interface Versions {
  readonly version?: string;
  readonly appVersion?: string;
}

/**
 * The version of a pack after its chart was replaced: that of the chart, or of the software in it, whichever the pack's
 * was before, in the same writing. Undefined where neither was and the chart is not the only one.
 */
export function versionLike(
  version: string,
  { old, next, alone }: { readonly old: Versions; readonly next: Versions; readonly alone: boolean },
): string | undefined {
  const is = (other: string | undefined): boolean => other !== undefined && withoutV(other) === withoutV(version);
  const found = is(old.version)
    ? next.version
    : is(old.appVersion)
      ? (next.appVersion ?? next.version)
      : alone
        ? next.version
        : undefined;
  if (found === undefined) return undefined;
  return /^v\d/iu.test(version) ? `${version.charAt(0)}${withoutV(found)}` : withoutV(found);
}

/** `v1.2.3` is the version 1.2.3. */
export function withoutV(version: string): string {
  return version.replace(/^v(?=\d)/iu, '');
}
