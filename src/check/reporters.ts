import type { CheckReport } from './check-report.ts';
import type { Paint } from './format-finding.ts';
import type { Format } from './formats.ts';

export interface ReportOptions {
  readonly paint: Paint;
  /** Whether the terminal can show links. */
  readonly links: boolean;
  /** Of Packyard, for formats that say what made them. */
  readonly version?: string;
}

type Reporter = (report: CheckReport, options: ReportOptions) => string;

/** Each is loaded when it is asked for. */
const REPORTERS: Readonly<Record<Format, () => Promise<Reporter>>> = {
  text: async () => (await import('./reporters/text.ts')).textReport,
  json: async () => (await import('./reporters/json.ts')).jsonReport,
  sarif: async () => {
    const { sarifReport } = await import('./reporters/sarif.ts');
    return (checked, { version }) => sarifReport(checked, version);
  },
  github: async () => (await import('./reporters/github.ts')).githubReport,
  junit: async () => (await import('./reporters/junit.ts')).junitReport,
  markdown: async () => (await import('./reporters/markdown.ts')).markdownReport,
};

/** A check's outcome in a format, ready to be printed. */
export async function report(format: Format, checked: CheckReport, options: ReportOptions): Promise<string> {
  const reporter = await REPORTERS[format]();
  return reporter(checked, options);
}
