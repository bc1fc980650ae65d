import { join } from 'node:path';

import { afterEach, beforeEach, vi } from 'vitest';

import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scrub } from './cli.ts';
import { publishedRegistry, writePublished, type PublishedOptions } from './published-registry.ts';
import { recordedTerminal } from './recorded-terminal.ts';
import { sha256Of } from './registry-tree.ts';
import { scratch } from './scratch.ts';

export interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

export const README = '# Demo\n\nSee [there](https://example.com).\n';
export const VALUES = 'replicas: 1 # ü\r\n';

const FILES = { 'README.md': README, 'values.yaml': VALUES };

let registry: string;

/** Publishes a pack, `demo`, with a release, `1.0.0`, of which anything can be other, and a yanked one, `0.9.0`. */
export async function publishDemo(
  facts: Record<string, unknown> = {},
  files: Readonly<Record<string, string | Buffer>> = FILES,
  options: PublishedOptions = {},
): Promise<void> {
  registry = await scratch();
  const links = Object.entries(files).map(([file, content]) => {
    const bytes = Buffer.from(content);
    return [file, { path: `packs/demo/1.0.0/${file}`, sha256: sha256Of(bytes), size: bytes.length }] as const;
  });
  const tree = publishedRegistry({
    pack: (document) => {
      const [release] = document['releases'] as Record<string, unknown>[];
      Object.assign(release ?? {}, { files: Object.fromEntries(links), publishedAt: '2026-05-01T10:00:00Z' }, facts);
      const older = { ...release, version: '0.9.0', files: {}, status: { state: 'yanked', reason: 'It loses data.' } };
      const artifact = { ...(release?.['artifact'] as object), path: 'packs/demo/0.9.0/demo-0.9.0.tar.gz' };
      document['releases'] = [release, { ...older, artifact }];
    },
    ...options,
  });
  for (const [file, content] of Object.entries(files)) tree.set(`packs/demo/1.0.0/${file}`, Buffer.from(content));
  writePublished(tree, registry);
  vi.stubEnv('PACKYARD_REGISTRY', registry);
}

/** A home of its own for each test, and `publishDemo` as the registry that commands read. */
export function useDemoRegistry(): void {
  beforeEach(async () => {
    const folder = await scratch();
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    vi.stubEnv('PACKYARD_CACHE_DIR', join(folder, 'cache'));
    vi.stubEnv('PACKYARD_CONFIG_DIR', join(folder, 'config'));
    vi.stubEnv('COLUMNS', '80');
    await publishDemo();
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
}

/** Runs a command in this process. */
export async function runCommand(args: readonly string[], options: { readonly colour?: boolean } = {}): Promise<Run> {
  const terminal = recordedTerminal(options);
  const status = await runProgram(args, terminal);
  const plain = (text: string): string => scrub(text, { registry });
  return { status, out: plain(terminal.printed.out), err: plain(terminal.printed.err) };
}
