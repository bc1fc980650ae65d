import type { Command } from 'commander';

import type { NeededImage } from '../client/view/images-lines.ts';
import type { RegistryRelease } from '../client/registry.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { standardOutput } from './output-width.ts';
import { printWarning } from './print-warning.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import type { Terminal } from './terminal.ts';

interface ImagesFlags extends RegistryFlags {
  readonly plain?: boolean;
}

const HELP = `
Examples:
  packyard images nginx                          the images of its latest release
  packyard images nginx@1.2.x kyverno:latest     those of several, each once
  packyard images --plain nginx > images.txt     one a line, to copy them for an air gap

Images that are named by what is filled in later, such as a value of a chart, may be missing.

${EXIT_CODES}`;

export function addImagesCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('images')
    .argument('<pack...>', 'packs, each as name, name@selector or name:tag')
    .summary('list the container images that packs need')
    .description('Lists the container images that releases of packs need, each once, with who needs it.')
    .option('--plain', 'print the images only, one a line');
  addRegistryFlags(command)
    .addHelpText('after', HELP)
    .action(async (packs: readonly string[], flags: ImagesFlags) => {
      const releases = await releasesOf(packs, flags, terminal);
      const { neededImages } = await import('../client/view/images-lines.ts');
      await printImages(neededImages(releases), releases, flags, terminal);
      finish(0);
    });
}

async function releasesOf(
  packs: readonly string[],
  flags: ImagesFlags,
  terminal: Terminal,
): Promise<readonly RegistryRelease[]> {
  const [{ parseReference }, { lookedAtRelease }, { statusWarning }] = await Promise.all([
    import('../client/reference.ts'),
    import('../client/view/looked-at-release.ts'),
    import('../client/view/status-warning.ts'),
  ]);
  const references = packs.map(parseReference);
  const registry = await openRegistryOf(flags, terminal);
  try {
    const releases = await Promise.all(
      references.map(async (reference): Promise<RegistryRelease> => {
        const document = await registry.pack(reference.name);
        return { name: reference.name, release: lookedAtRelease(document, reference) };
      }),
    );
    const warnings = releases.flatMap(({ name, release }) => statusWarning(name, release) ?? []);
    if (flags.quiet !== true) for (const warning of warnings) printWarning(warning, terminal);
    return releases;
  } finally {
    await registry.close();
  }
}

async function printImages(
  images: readonly NeededImage[],
  releases: readonly RegistryRelease[],
  { json, plain, quiet }: ImagesFlags,
  terminal: Terminal,
): Promise<void> {
  if (json === true) {
    const named = [...new Set(releases.map(({ name, release }) => `${name}@${release.version}`))];
    terminal.out(jsonText({ format: 'packyard-images/1', releases: named, images }));
  } else if (images.length === 0) {
    if (quiet !== true) terminal.err('They name no images.\n');
  } else if (plain === true) {
    terminal.out(images.map(({ image }) => `${oneLine(image)}\n`).join(''));
  } else {
    const [{ imagesLines }, { linesText }] = await Promise.all([
      import('../client/view/images-lines.ts'),
      import('../client/view/pieces.ts'),
    ]);
    terminal.out(linesText(imagesLines(images, standardOutput().width), terminal.paintOut));
  }
}
