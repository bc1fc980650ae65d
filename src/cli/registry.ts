import type { Command } from 'commander';

import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { AddRegistryOptions } from '../client/settings/add-registry.ts';
import { shellWord } from '../client/settings/shell-word.ts';
import { VARIABLES } from '../client/settings/variables.ts';
import { collect } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { printWarning } from './print-warning.ts';
import { formattedList, formattedRegistry } from './registry-report.ts';
import type { Terminal } from './terminal.ts';

interface AddFlags extends CommonFlags {
  readonly default?: boolean;
  readonly mirror?: readonly string[];
  readonly project?: boolean;
  readonly caFile?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly direct?: boolean;
  readonly force?: boolean;
}

interface RemoveFlags extends CommonFlags {
  readonly project?: boolean;
}

interface ShowFlags extends CommonFlags {
  readonly offline?: boolean;
  readonly live: boolean;
}

const HELP = `
A registry is found in this order: the flag --registry, PACKYARD_REGISTRY, the packyard.json of this folder or the
nearest one above it, your own default. Names of packyard.json go before your own.

Examples:
  packyard registry add work https://packs.example.org/ --default
  packyard registry add work https://packs.example.org/ --mirror https://mirror.example.org/packs/
  packyard registry add local ../registry/public --project      for everybody who has this project
  packyard registry add lab https://10.0.0.5/ --ca-file lab-ca.pem --client-cert me.pem --client-key me.key
  packyard registry list
  packyard registry show work
  packyard registry remove work

${VARIABLES}

${EXIT_CODES}`;

const ADD_HELP = `
Examples:
  packyard registry add work https://packs.example.org/ --default
                                                       where no flag names another
  packyard registry add local ../registry/public --project
                                                       a folder, for everybody who has this project
  packyard registry add lab https://10.0.0.5/ --ca-file lab-ca.pem
                                                       behind a certificate that the system does not know

${EXIT_CODES}`;

const LIST_HELP = `
Examples:
  packyard registry list
  packyard registry list --json     for a program

${EXIT_CODES}`;

const SHOW_HELP = `
Examples:
  packyard registry show                    the one that is used where nothing else is said
  packyard registry show work
  packyard registry show work --no-live     without asking it anything

${EXIT_CODES}`;

const REMOVE_HELP = `
Examples:
  packyard registry remove work
  packyard registry remove local --project     from the packyard.json that it was added to

${EXIT_CODES}`;

export function addRegistryCommand(program: Command, { terminal }: CommandContext): void {
  const registry = program
    .command('registry')
    .summary('name the registries that you use')
    .description('Names the registries that you use, and shows what is set for them.')
    .addHelpText('after', HELP);
  registry
    .command('add')
    .argument('<name>', 'what to call it')
    .argument('<url>', 'its address, or a folder')
    .summary('add one by its name')
    .description('Adds a registry: its name, and its URL or folder.')
    .option('--default', 'use it where nothing else is said')
    .option('--mirror <url>', 'another address of the same registry; may be repeated', collect)
    .option('--project', "add it to the project's packyard.json instead of your own settings")
    .option('--ca-file <file>', "authorities to trust for it besides the system's (PEM)")
    .option('--client-cert <file>', 'certificate to show to it (PEM)')
    .option('--client-key <file>', 'key of that certificate (PEM)')
    .option('--direct', 'ask it for the named packs only, without its index')
    .option('--force', 'replace the one of that name')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', ADD_HELP)
    .action((name: string, url: string, flags: AddFlags) => runAdd(name, url, flags, terminal));
  registry
    .command('list')
    .summary('list those that have a name here')
    .description('Lists the registries that have a name here.')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print no warnings')
    .addHelpText('after', LIST_HELP)
    .action((flags: CommonFlags) => runList(flags, terminal));
  registry
    .command('show')
    .argument('[name]', 'which one; default: the one that is used where nothing else is said')
    .summary('show what is set for one, and what it says itself')
    .description('Shows what is set for a registry, from where, and what it says itself.')
    .option('--offline', 'use what the cache holds, and ask nobody')
    .option('--no-live', 'show the settings only')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print no warnings')
    .addHelpText('after', SHOW_HELP)
    .action((name: string | undefined, flags: ShowFlags) => runShow(name, flags, terminal));
  registry
    .command('remove')
    .argument('<name>', 'which one')
    .summary('remove one from the settings')
    .description('Removes a registry from the settings.')
    .option('--project', "remove it from the project's packyard.json")
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', REMOVE_HELP)
    .action((name: string, flags: RemoveFlags) => runRemove(name, flags, terminal));
}

async function runAdd(name: string, url: string, flags: AddFlags, terminal: Terminal): Promise<void> {
  const { addRegistry } = await import('../client/settings/add-registry.ts');
  const { json, quiet, mirror, ...rest } = flags;
  const options: AddRegistryOptions = { name, url, ...rest, ...(mirror !== undefined && { mirrors: mirror }) };
  const { warnings, ...added } = await addRegistry(options);
  if (quiet !== true) warnings.forEach((warning) => printWarning(warning, terminal));
  if (json === true) return terminal.out(jsonText({ format: 'packyard-registry-edit/1', ...added }));
  if (quiet === true) return undefined;
  const verb = { created: 'Added', replaced: 'Replaced', unchanged: 'Had already' }[added.change];
  const usual = added.default ? ' It is the default.' : '';
  return terminal.out(`${verb} ${added.name} (${oneLine(added.url)}) in ${oneLine(added.file)}.${usual}\n`);
}

async function runList({ json, quiet }: CommonFlags, terminal: Terminal): Promise<void> {
  const { listRegistries } = await import('../client/settings/list-registries.ts');
  const { registries, warnings } = await listRegistries();
  if (quiet !== true) warnings.forEach((warning) => printWarning(warning, terminal));
  if (json === true) return terminal.out(jsonText({ format: 'packyard-registries/1', registries }));
  if (registries.length > 0) return terminal.out(formattedList(registries));
  return terminal.err('No registry was added yet. Add one with: packyard registry add NAME URL\n');
}

async function runShow(name: string | undefined, flags: ShowFlags, terminal: Terminal): Promise<void> {
  const { showRegistry } = await import('../client/settings/show-registry.ts');
  const { offline, live, json, quiet } = flags;
  const choice = name === undefined ? {} : { registry: name };
  const { warnings, ...shown } = await showRegistry({ choice, live, ...(offline !== undefined && { offline }) });
  if (quiet !== true) warnings.forEach((warning) => printWarning(warning, terminal));
  terminal.out(json === true ? jsonText({ format: 'packyard-registry/1', ...shown }) : formattedRegistry(shown));
}

async function runRemove(name: string, { project, json, quiet }: RemoveFlags, terminal: Terminal): Promise<void> {
  const { removeRegistry } = await import('../client/settings/remove-registry.ts');
  const removed = await removeRegistry({ name, ...(project !== undefined && { project }) });
  if (json === true)
    return terminal.out(jsonText({ format: 'packyard-registry-edit/1', change: 'removed', ...removed }));
  if (quiet === true) return undefined;
  const { url, file, loginKept } = removed;
  const usual = removed.default ? ' It was the default; now there is none.' : '';
  const login = loginKept ? ` Its login is still stored: packyard logout ${oneLine(shellWord(url))}` : '';
  return terminal.out(`Removed ${removed.name} (${oneLine(url)}) from ${oneLine(file)}.${usual}${login}\n`);
}
