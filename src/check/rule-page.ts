import type { RuleId } from '../model/rules.ts';

/** Where the page of a rule stands, from the root of the package: there is no address on the web to put before it. */
export function pageUrl(rule: RuleId): string {
  return `docs/rules/${rule}.md`;
}

/** The page of a rule in the installed package. */
export function pageFile(rule: RuleId): URL {
  return new URL(`../../${pageUrl(rule)}`, import.meta.url);
}
