import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, transcript } from '../helpers/cli.ts';
import {
  namedRegistry,
  projectFolder,
  registryDirectory,
  withArtifact,
  type ProjectFolder,
} from '../helpers/lock-project.ts';
import { writePublished } from '../helpers/published-registry.ts';

const FILES = namedRegistry('community', { nginx: ['1.2.0', '1.3.1'], redis: ['7.0.0'] });
async function run(folder: string, ...args: string[]): Promise<string> {
  const result = await runCli(args, { cwd: folder, env: { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder } });
  return transcript(result, { project: folder });
}

/** A project whose registry is a folder. */
async function project(packs: object, files = FILES): Promise<ProjectFolder & { readonly registry: string }> {
  const registry = await registryDirectory(files);
  return { ...(await projectFolder({ registry, packs })), registry };
}

describe('lock --check', () => {
  test('says where packyard.json and the lock disagree', async () => {
    const place = await project({ nginx: '1.x', redis: '*' });
    expect(await run(place.folder, 'lock', '--check')).toMatchInlineSnapshot(`
      "exit status 1
      --- stderr
      error There is no packyard.lock beside packyard.json.
        → Make it with "packyard lock", and commit it."
    `);
    await run(place.folder, 'lock');
    place.write({ registry: place.registry, packs: { nginx: '1.3.x' } });
    expect(await run(place.folder, 'lock', '--check')).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      error packyard.lock has nginx 1.3.1, chosen for "1.x", but packyard.json asks for "1.3.x".
        → Run "packyard lock".
      error packyard.lock has the pack redis, which packyard.json does not name.
        → Run "packyard lock"."
    `);
    expect(await run(place.folder, 'lock', '--check', 'nginx')).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error --check looks at the whole of packyard.lock, and takes no packs.
        → Run "packyard lock --check"."
    `);
  });

  test('ends with 3 where the registry has another content, and writes nothing', async () => {
    const { folder, registry, lock } = await project({ nginx: '1.3.1', redis: '*' });
    await run(folder, 'lock');
    const text = lock();
    const { contentSha256 } = (JSON.parse(text ?? '') as { packs: { nginx: { contentSha256: string } } }).packs.nginx;
    const change = { contentSha256, message: 'The \u001b[31mvalues\n::error::were wrong', commit: 'a'.repeat(40) };
    const files = withArtifact(FILES, 'nginx', '1.3.1', ({ artifact }) => ({
      artifact: { ...artifact, contentSha256: '9'.repeat(64) },
      supersedes: [change],
    }));
    writePublished(files, registry);
    const shown = async (...args: string[]): Promise<string> =>
      (await run(folder, ...args)).replaceAll(registry, '<registry>');
    expect(await shown('lock', '--check')).toMatchInlineSnapshot(`
      "exit status 3
      --- stdout
      error nginx 1.3.1 of the registry at <registry> is not what packyard.lock pins: the SHA-256 of its content is <sha256>, not <sha256>. The registry replaced it, and says why: The \\u001b[31mvalues\\n::error::were wrong
        → If that is a good reason, take the new content: packyard update nginx"
    `);
    expect(await shown('lock')).toMatch(/^exit status 3\n/u);
    expect(await shown('pull', '--locked')).toMatch(/^exit status 3\n/u);
    const document = JSON.parse((await shown('lock', '--check', '--json')).replace(/^.*\n.*\n/u, '')) as object;
    expect(document).toMatchObject({
      format: 'packyard-lock-check/1',
      ok: false,
      packs: 2,
      problems: [{ name: 'nginx', kind: 'superseded' }],
    });
    expect(lock()).toBe(text);
    expect(existsSync(join(folder, 'nginx-1.3.1'))).toBe(false);
    expect(await shown('update', 'nginx')).toMatchInlineSnapshot(`
      "exit status 0
      --- stdout
        ! nginx  1.3.1 (2026-01-01), another content: The \\u001b[31mvalues ::error::were wrong
      Wrote packyard.lock: 2 packs, 1 replaced."
    `);
    expect(await shown('lock', '--check')).toMatch(/^exit status 0\n/u);
  });
});
