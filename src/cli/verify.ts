import type { Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import type { VerifyTarget } from '../client/verify/verify-target.ts';
import { PackyardError } from '../errors.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';
import { silentVerifyProgress, verifyProgress, type VerifyProgressReporter } from './verify-progress.ts';
import type { Verification } from './verify-report.ts';

interface VerifyFlags extends RegistryFlags {
  readonly shallow?: boolean;
  readonly packs?: readonly string[];
  readonly concurrency: number;
  readonly fresh?: boolean;
  readonly resume?: boolean;
}

const HELP = `
What is verified:
  a folder with a pack.json     an unpacked pack: every file as in its release of the registry
  a file                        an archive: what it holds, and whether it is what was published
  a folder with an index.json,  a registry: every document, link, hash, size and archive, and in a
  an address, or a name         folder what nothing leads to

A registry at an address goes on where a run of the last 24 hours was interrupted; --fresh begins anew.
A folder is always read from the beginning, because others may have written into it: --resume goes on.

Examples:
  packyard verify ./nginx-1.3.1                 compare an unpacked pack with its release
  packyard verify nginx-1.3.1.tar.gz --offline  look at an archive, asking nobody
  packyard verify https://packs.example.com     a whole registry
  packyard verify public --shallow              its documents only, before it is published
  packyard verify community --packs nginx redis
                                                two packs of a configured registry

${EXIT_CODES}`;

export function addVerifyCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('verify')
    .argument('[what]', 'a folder, an archive, or address or name of a registry; default: the current folder')
    .usage('[options] [DIR|FILE|URL|NAME]')
    .summary('say what is wrong with a pack, an archive or a registry')
    .description(
      'Says what is wrong where with an unpacked pack, an archive or a whole registry; default: the current folder.',
    );
  addRegistryFlags(command)
    .option('--shallow', 'documents of a registry only: no archives, copies and logos')
    .option('--packs <names...>', 'only these packs of a registry')
    .option('--concurrency <number>', 'files that are read at once', wholeNumber, 8)
    .option('--fresh', 'begin anew, whatever an interrupted run found')
    .option('--resume', 'go on where a run was interrupted, also in a folder')
    .addHelpText('after', HELP)
    .action(async (what: string | undefined, flags: VerifyFlags) =>
      finish(await runVerify(what ?? '.', flags, terminal)),
    );
}

async function runVerify(what: string, flags: VerifyFlags, terminal: Terminal): Promise<ExitCode> {
  const { verifyTarget } = await import('../client/verify/verify-target.ts');
  const target = verifyTarget(what, process.cwd());
  requireFitting(flags, target);
  const silent = flags.quiet === true || flags.json === true;
  const progress = silent
    ? silentVerifyProgress
    : verifyProgress(terminal, target.kind === 'pack' ? 'files' : 'releases');
  const result = await verified(target, flags, terminal, progress).finally(() => progress.end());
  if (flags.json === true) terminal.out(jsonText({ format: 'packyard-verification/1', ...result }));
  else {
    const { verifyReport } = await import('./verify-report.ts');
    terminal.out(verifyReport(result, terminal, flags.quiet === true));
  }
  return result.ok ? 0 : 3;
}

/** Flags that would do nothing are a mistake. */
function requireFitting(flags: VerifyFlags, { kind }: VerifyTarget): void {
  if (flags.fresh === true && flags.resume === true) {
    throw new PackyardError({
      code: 'usage',
      message: '--fresh and --resume say the opposite.',
      hint: 'Leave one of them out.',
    });
  }
  if (flags.concurrency === 0) {
    throw new PackyardError({ code: 'usage', message: '--concurrency is at least 1.', hint: 'Leave it out for 8.' });
  }
  if (kind === 'registry' || kind === 'named-registry') {
    if (flags.offline !== true) return;
    throw new PackyardError({
      code: 'usage',
      message: 'A registry is verified where it is, and not from the cache, so that --offline does not fit.',
      hint: 'Leave --offline out; a registry in a folder asks nobody.',
    });
  }
  const given = (['shallow', 'packs', 'fresh', 'resume'] as const).find((flag) => flags[flag] !== undefined);
  if (given === undefined) return;
  throw new PackyardError({
    code: 'usage',
    message: `--${given} is for registries, and this is ${kind === 'pack' ? 'an unpacked pack' : 'an archive'}.`,
    hint: 'Leave it out.',
  });
}

async function verified(
  target: VerifyTarget,
  flags: VerifyFlags,
  terminal: Terminal,
  progress: VerifyProgressReporter,
): Promise<Verification> {
  switch (target.kind) {
    case 'pack': {
      const { verifyPack } = await import('../client/verify/verify-pack.ts');
      const registry = await openRegistryOf(flags, terminal);
      try {
        return await verifyPack(target.path, registry, { onProgress: (now) => progress.report(now) });
      } finally {
        await registry.close();
      }
    }
    case 'archive':
      return verifiedArchive(target.path, flags, terminal);
    default:
      return verifiedRegistry(target.kind === 'registry' ? target.location : target.name, flags, terminal, progress);
  }
}

/** An archive says a lot by itself, also where there is no registry to ask, or it cannot be asked. */
async function verifiedArchive(path: string, flags: VerifyFlags, terminal: Terminal): Promise<Verification> {
  const { verifyArchive } = await import('../client/verify/verify-archive.ts');
  const without = (error: unknown): boolean =>
    error instanceof PackyardError &&
    ((error.code === 'registry-unknown' && flags.registry === undefined) || error.code === 'registry-offline');
  try {
    const registry = await openRegistryOf(flags, terminal);
    try {
      return await verifyArchive(path, { registry });
    } finally {
      await registry.close();
    }
  } catch (error) {
    if (without(error)) return verifyArchive(path);
    throw error;
  }
}

async function verifiedRegistry(
  location: string,
  flags: VerifyFlags,
  terminal: Terminal,
  progress: VerifyProgressReporter,
): Promise<Verification> {
  const [{ registryTarget }, { verifyRegistry }] = await Promise.all([
    import('../client/settings/registry-target.ts'),
    import('../client/verify/verify-registry.ts'),
  ]);
  const target = await registryTarget({ registry: location }, process.env, process.cwd());
  if (flags.quiet !== true) for (const warning of target.warnings) printWarning(warning, terminal);
  const { fetch, headers } = target.openOptions;
  const { shallow, packs, concurrency, fresh, resume } = flags;
  return verifyRegistry(target.url, {
    width: concurrency,
    ...(fetch !== undefined && { fetch }),
    ...(headers !== undefined && { headers }),
    ...(shallow === true && { shallow }),
    ...(packs !== undefined && { packs }),
    ...(fresh === true ? { resume: false } : resume === true && { resume }),
    onProgress: (now) => progress.report(now),
  });
}
