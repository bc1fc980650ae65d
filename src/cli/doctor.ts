import { InvalidArgumentError, type Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import { PackyardError } from '../errors.ts';
import type { DoctorOptions } from '../publish/doctor/doctor.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

interface DoctorFlags extends CommonFlags {
  readonly sample: number;
  readonly repo?: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly timeout: number;
}

const HELP = `
What is looked at: whether a registry is there; TLS; redirects; media types; caching; ETag and 304; Range; compression;
HEAD; CORS; 404 for what is missing; upper and lower case; how far the index is behind the repository; caches that give
an old index; documents and archives of some packs by their hash; security headers.

A warning costs time or comfort; a failure breaks clients or safety, and makes the exit status 1. The packs are others
each time, unless --sample takes all.

Examples:
  packyard doctor https://packs.example.org               look at a live host
  packyard doctor community --sample 20                   a configured registry, with its login
  packyard doctor https://packs.example.org --repo .      and say whether it is behind this branch
  packyard doctor https://packs.example.org --repo https://git.example.org/packs.git --branch main
  packyard doctor https://packs.example.org --commit "$GITHUB_SHA" --json

${EXIT_CODES}`;

export function addDoctorCommand(program: Command, { terminal, finish }: CommandContext): void {
  program
    .command('doctor')
    .argument('[registry]', 'address or name of a registry; default: the configured one')
    .usage('[options] [URL|NAME]')
    .summary('look at a live host as clients do')
    .description('Looks at the live host of a registry as clients do, and says what to change there.')
    .option('--sample <count>', 'packs of which the document and an archive are read', wholeNumber, 3)
    .option('--repo <repository>', 'folder or address of the repository that the index is compared with')
    .option('--branch <branch>', 'with --repo: the branch that is published; default: its HEAD')
    .option('--commit <oid>', 'the commit that the index must be of', commitId)
    .option('--timeout <seconds>', 'how long an answer may take', wholeNumber, 30)
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print failures only')
    .addHelpText('after', HELP)
    .action(async (registry: string | undefined, flags: DoctorFlags) =>
      finish(await runDoctor(registry, flags, terminal)),
    );
}

function commitId(value: string): string {
  if (!/^[0-9a-f]{7,64}$/u.test(value))
    throw new InvalidArgumentError('It is the id of a commit, 7 hexadecimal digits or more.');
  return value;
}

async function runDoctor(registry: string | undefined, flags: DoctorFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.branch !== undefined && flags.repo === undefined) {
    throw new PackyardError({ code: 'usage', message: '--branch needs --repo.', hint: 'Add --repo, or leave it out.' });
  }
  if (flags.timeout === 0) {
    throw new PackyardError({
      code: 'usage',
      message: '--timeout is at least 1.',
      hint: 'Leave it out for 30 seconds.',
    });
  }
  const [{ registryTarget }, { doctor }] = await Promise.all([
    import('../client/settings/registry-target.ts'),
    import('../publish/doctor/doctor.ts'),
  ]);
  const target = await registryTarget(registry === undefined ? {} : { registry }, process.env, process.cwd());
  if (flags.quiet !== true) for (const warning of target.warnings) printWarning(warning, terminal);
  const { fetch, headers } = target.openOptions;
  const report = await doctor(target.url, {
    ...doctorOptions(flags),
    ...(fetch !== undefined && { fetch }),
    ...(headers !== undefined && { headers }),
  });
  if (flags.json === true) terminal.out(jsonText({ format: 'packyard-doctor/1', ...report }));
  else {
    const { doctorText } = await import('./doctor-report.ts');
    terminal.out(doctorText(report, terminal, flags.quiet === true));
  }
  return report.ok ? 0 : 1;
}

function doctorOptions({ sample, repo, branch, commit, timeout }: DoctorFlags): DoctorOptions {
  return {
    sample,
    patience: timeout * 1000,
    userAgent: `packyard/${version()}`,
    ...(repo !== undefined && { repository: { repository: repo, ...(branch !== undefined && { branch }) } }),
    ...(commit !== undefined && { commit }),
  };
}
