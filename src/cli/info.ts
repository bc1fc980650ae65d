import { Option, type Command } from 'commander';

import type { Registry, RegistryRelease } from '../client/registry.ts';
import type { PackDocument } from '../model/documents.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { standardOutput } from './output-width.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import { printWarning } from './print-warning.ts';
import type { Terminal } from './terminal.ts';

interface InfoFlags extends RegistryFlags {
  readonly readme?: boolean;
  readonly values?: boolean;
}

const HELP = `
Examples:
  packyard info nginx                      the latest release, and which others there are
  packyard info nginx@1.2.3                one of them; a yanked one too
  packyard info nginx:1.x                  by a tag
  packyard info nginx --readme             its README.md
  packyard info nginx --values > values.yaml

On a terminal, --readme shows the text as it is meant to look; elsewhere as it was written.

${EXIT_CODES}`;

export function addInfoCommand(program: Command, { terminal, finish }: CommandContext): void {
  const command = program
    .command('info')
    .argument('<pack>', 'name of a pack, or one release of it as name@version or name:tag')
    .summary('show what a registry says of a pack')
    .description(
      'Shows everything that a registry says of a release: what it holds and needs, where it comes from, its versions.',
    )
    .addOption(new Option('--readme', 'print its README.md').conflicts(['values', 'json']))
    .addOption(new Option('--values', 'print its values.yaml').conflicts(['readme', 'json']));
  addRegistryFlags(command)
    .addHelpText('after', HELP)
    .action(async (pack: string, flags: InfoFlags) => {
      await runInfo(pack, flags, terminal);
      finish(0);
    });
}

async function runInfo(pack: string, flags: InfoFlags, terminal: Terminal): Promise<void> {
  const [{ parseReference }, { lookedAtRelease }] = await Promise.all([
    import('../client/reference.ts'),
    import('../client/view/looked-at-release.ts'),
  ]);
  const reference = parseReference(pack);
  const registry = await openRegistryOf(flags, terminal);
  try {
    const document = await registry.pack(reference.name);
    const found = { name: reference.name, release: lookedAtRelease(document, reference) };
    if (flags.readme === true) await printReadme(registry, found, terminal);
    else if (flags.values === true) await printValues(registry, found, terminal);
    else if (flags.json === true) await printJson(registry, document, found, terminal);
    else await printInfo(registry, document, found, terminal);
  } finally {
    await registry.close();
  }
}

async function printInfo(
  registry: Registry,
  document: PackDocument,
  { release }: RegistryRelease,
  terminal: Terminal,
): Promise<void> {
  const [{ infoLines }, { linesText }] = await Promise.all([
    import('../client/view/info-lines.ts'),
    import('../client/view/pieces.ts'),
  ]);
  const { width } = standardOutput();
  // Where only the pack was asked for, the index was not fetched, and is not worth a request.
  const repository = registry.indexSha256 === undefined ? undefined : (await registry.index()).source.repository;
  const options = { ...(width !== undefined && { width }), ...(repository !== undefined && { repository }) };
  terminal.out(linesText(infoLines(document, release, options), terminal.paintOut));
}

async function printJson(
  registry: Registry,
  document: PackDocument,
  { name, release }: RegistryRelease,
  terminal: Terminal,
): Promise<void> {
  const { jsonText } = await import('../check/reporters/json-text.ts');
  const { location } = registry;
  terminal.out(
    jsonText({
      format: 'packyard-info/1',
      registry: location,
      name,
      version: release.version,
      release,
      pack: document,
    }),
  );
}

/** Longer ones are shown as they were written. */
const MOST_RENDERED = 1_048_576;
const WIDEST = 100;

async function printReadme(registry: Registry, release: RegistryRelease, terminal: Terminal): Promise<void> {
  const [{ releaseFile }, { safeText, withLineEnd }] = await Promise.all([
    import('../client/view/release-file.ts'),
    import('../client/view/safe-text.ts'),
  ]);
  const { text } = await releaseFile(registry, release, 'README.md');
  const { isTerminal, width = WIDEST } = standardOutput();
  if (!isTerminal || text.length > MOST_RENDERED) {
    terminal.out(withLineEnd(safeText(text)));
    return;
  }
  const { renderMarkdown } = await import('../client/view/markdown/render-markdown.ts');
  terminal.out(renderMarkdown(text, Math.min(width, WIDEST), terminal.paintOut));
}

async function printValues(registry: Registry, release: RegistryRelease, terminal: Terminal): Promise<void> {
  const [{ releaseFile }, { isHarmless, safeText, withLineEnd }] = await Promise.all([
    import('../client/view/release-file.ts'),
    import('../client/view/safe-text.ts'),
  ]);
  const { text, exact } = await releaseFile(registry, release, 'values.yaml');
  if (standardOutput().isTerminal) {
    terminal.out(withLineEnd(safeText(text)));
    return;
  }
  if (exact && isHarmless(text)) {
    terminal.out(text);
    return;
  }
  terminal.out(safeText(text));
  const what = exact ? 'holds control characters, which are shown escaped' : 'is not UTF-8';
  printWarning({ message: `values.yaml ${what}: pull the pack for the file itself.` }, terminal);
}
