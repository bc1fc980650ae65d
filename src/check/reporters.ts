import type { CheckReport } from './check-report.ts';
import type { Paint } from './format-finding.ts';
import type { Format } from './formats.ts';
import { githubReport } from './reporters/github.ts';
import { jsonReport } from './reporters/json.ts';
import { junitReport } from './reporters/junit.ts';
import { markdownReport } from './reporters/markdown.ts';
import { sarifReport } from './reporters/sarif.ts';
import { textReport } from './reporters/text.ts';

export interface ReportOptions {
  readonly paint: Paint;
  /** Whether the terminal can show links. */
  readonly links: boolean;
  /** Of Packyard, for formats that say what made them. */
  readonly version?: string;
}

const REPORTERS: Readonly<Record<Format, (report: CheckReport, options: ReportOptions) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: (checked, { version }) => sarifReport(checked, version),
  github: githubReport,
  junit: junitReport,
  markdown: markdownReport,
};

/** A check's outcome in a format, ready to be printed. */
export function report(format: Format, checked: CheckReport, options: ReportOptions): string {
  return REPORTERS[format](checked, options);
}
