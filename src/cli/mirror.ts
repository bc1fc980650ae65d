import type { Command } from 'commander';

import type { MirrorOptions, MirrorWarning } from '../client/mirror/mirror-options.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

interface MirrorFlags extends CommonFlags {
  readonly packs?: readonly string[];
  readonly profile?: string;
  readonly latest?: number;
  readonly prune?: boolean;
  readonly images: boolean;
  readonly dryRun?: boolean;
  readonly refresh?: boolean;
  readonly concurrency?: number;
}

const HELP = `
Without --packs, --profile and --latest the mirror is byte for byte its source. With one of them it is a registry of its
own, of what they choose: archives, copies and logos are the same bytes, the documents name what is there, and the index
says of which other index ("subset") it is a part. --packs takes
  nginx              all releases of a pack
  nginx@1.2.x        all of a train, or "nginx@>=1.2 <2" of a range
  nginx@latest       the one that is the latest, or nginx:LTS__1.2.x what a tag names
and --profile reads the packs of a packyard.json, or the exact releases of a packyard.lock.

What DEST has already is not fetched again, and a mirror that was stopped goes on. Whoever reads DEST meanwhile sees the
old state or the new one. images.txt in DEST lists every image of the mirror; it is no part of the registry.

Examples:
  packyard mirror https://packs.example.org ./mirror           everything
  packyard mirror https://packs.example.org ./mirror --prune   the next state, and nothing of the last one
  packyard mirror https://packs.example.org ./mirror --latest 2
                                                               two releases of each pack
  packyard mirror community ./airgap --packs nginx@1.x redis --dry-run
                                                               what some packs of a configured registry would take
  packyard mirror community ./airgap --profile packyard.lock   what a project pins
  packyard search web --registry ./mirror                      use it

${EXIT_CODES}`;

export function addMirrorCommand(program: Command, { terminal, finish }: CommandContext): void {
  program
    .command('mirror')
    .argument('<source>', 'address, folder or name of the registry to copy')
    .argument('<dest>', 'folder of the copy')
    .summary('copy a registry, or a part of it, into a folder')
    .description(
      'Copies a registry, or a consistent part of it, from a name, an address or a folder into the folder DEST.',
    )
    .option('--packs <packs...>', 'only these packs: NAME, NAME@SELECTOR, NAME:TAG or NAME@sha256:…')
    .option('--profile <file>', 'only the packs that a packyard.json or a packyard.lock names')
    .option('--latest <count>', 'only so many releases of each pack, active ones and the highest first', wholeNumber)
    .option('--prune', 'remove files of DEST that belong to a registry, but not to this one')
    .option('--no-images', 'write no images.txt')
    .option('--dry-run', 'print what would be fetched and removed, and change nothing')
    .option('--refresh', 'look at every file of DEST again, and ask for the schemas anew')
    .option('--concurrency <count>', 'files that are fetched at once; default: 8', wholeNumber)
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action(async (source: string, destination: string, flags: MirrorFlags) => {
      await runMirror(source, destination, flags, terminal);
      finish(0);
    });
}

async function runMirror(source: string, destination: string, flags: MirrorFlags, terminal: Terminal): Promise<void> {
  const [{ registryTarget }, { mirror }, { mirrorDocument, mirrorText }, { mirrorProgress, silentMirrorProgress }] =
    await Promise.all([
      import('../client/settings/registry-target.ts'),
      import('../client/mirror/mirror.ts'),
      import('./mirror-report.ts'),
      import('./mirror-progress.ts'),
    ]);
  const { json, quiet } = flags;
  const options = await mirrorOptions(flags);
  const target = await registryTarget({ registry: source }, process.env, process.cwd());
  const bar = quiet === true || json === true ? silentMirrorProgress : mirrorProgress(terminal);
  const warnings: Pick<MirrorWarning, 'message' | 'hint'>[] = [...target.warnings];
  const { fetch, headers, mirrorHeaders, loginHint } = target.openOptions;
  const result = await mirror(target.url, destination, {
    mirrors: target.mirrors,
    ...(fetch !== undefined && { fetch }),
    ...(headers !== undefined && { headers }),
    ...(mirrorHeaders !== undefined && { mirrorHeaders }),
    ...(loginHint !== undefined && { loginHint }),
    ...options,
    onEvent(event) {
      if (event.kind === 'warning') warnings.push(event.warning);
      bar.report(event);
    },
  }).finally(bar.end);
  if (quiet !== true) for (const warning of warnings) printWarning(warning, terminal);
  if (json === true) terminal.out(mirrorDocument(result, warnings));
  else if (quiet !== true) terminal.out(mirrorText(result));
}

async function mirrorOptions(flags: MirrorFlags): Promise<MirrorOptions> {
  const { packs, profile, latest, prune, images, dryRun, refresh, concurrency } = flags;
  const { parseReference } = await import('../client/reference.ts');
  return {
    ...(packs !== undefined && { packs: packs.map(parseReference) }),
    ...(profile !== undefined && { profile }),
    ...(latest !== undefined && { latest }),
    ...(concurrency !== undefined && { width: Math.max(1, concurrency) }),
    prune: prune === true,
    images,
    dryRun: dryRun === true,
    refresh: refresh === true,
  };
}
