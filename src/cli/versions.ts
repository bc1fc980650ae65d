import type { Command } from 'commander';

import type { Registry } from '../client/registry.ts';
import type { PackDocument, ReleaseDocument } from '../model/documents.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { standardOutput } from './output-width.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';

interface VersionsFlags extends RegistryFlags {
  readonly all?: boolean;
}

const HELP = `
Examples:
  packyard versions nginx             those that may be used, the highest first
  packyard versions nginx --all       also what was disabled or yanked
  packyard versions nginx --json      for a program

${EXIT_CODES}`;

export function addVersionsCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('versions')
    .argument('<name>', 'name of a pack')
    .summary('list the versions of a pack')
    .description('Lists the versions of a pack: when they were published, their tags, and what is said of them.')
    .option('-a, --all', 'also those that are disabled or yanked');
  addRegistryFlags(command)
    .addHelpText('after', HELP)
    .action(async (name: string, flags: VersionsFlags) => {
      const registry = await openRegistryOf(flags, context.terminal);
      try {
        await printVersions(registry, name, flags, context);
      } finally {
        await registry.close();
      }
    });
}

/** Prints the versions of one pack. */
export async function printVersions(
  registry: Registry,
  name: string,
  flags: VersionsFlags,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const { highestFirst, tagsByVersion, versionsLines } = await import('../client/view/versions-lines.ts');
  const { packName } = await import('../client/view/pack-name.ts');
  const document = await registry.pack(packName(name));
  const releases = highestFirst(document);
  const usable = releases.filter(isUsable);
  // Where none may be used, that is the answer.
  const shown = flags.all === true || usable.length === 0 ? releases : usable;
  if (flags.json === true) {
    terminal.out(jsonText(versionsDocument(document, shown, tagsByVersion(document))));
  } else {
    const { linesText } = await import('../client/view/pieces.ts');
    terminal.out(linesText(versionsLines(document, shown, standardOutput().width), terminal.paintOut));
    const hidden = releases.length - shown.length;
    if (hidden > 0 && flags.quiet !== true) terminal.err(`${hidden} disabled or yanked: --all shows them too.\n`);
  }
  finish(0);
}

function isUsable({ status }: ReleaseDocument): boolean {
  return status === undefined || status.state === 'deprecated';
}

function versionsDocument(
  { name }: PackDocument,
  releases: readonly ReleaseDocument[],
  tags: ReadonlyMap<string, readonly string[]>,
): unknown {
  return {
    format: 'packyard-versions/1',
    name,
    versions: releases.map(({ version, publishedAt, artifact, status }) => {
      const { size, sha256, contentSha256 } = artifact;
      const facts = { version, publishedAt, tags: tags.get(version) ?? [], state: status?.state ?? 'active', status };
      return { ...facts, size, sha256, contentSha256 };
    }),
  };
}
