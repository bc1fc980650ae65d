import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { EXIT_CODES, type ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { version } from '../../src/cli/version.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';

interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  const terminal = recordedTerminal();
  const status = await runProgram(args, terminal);
  return { status, ...terminal.printed };
}

test('the version is that of the package', async () => {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(version()).toBe((JSON.parse(file) as { version: string }).version);
  expect(await run('--version')).toEqual({ status: 0, out: `${version()}\n`, err: '' });
  expect(await run('-V')).toEqual({ status: 0, out: `${version()}\n`, err: '' });
});

describe('help', () => {
  test('of the program', async () => {
    const { status, out, err } = await run('--help');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatchInlineSnapshot(`
      "Usage: packyard [options] [command]

      Turns a Git repository of Kubernetes packs into a registry made of static files,
      and uses such registries.

      Options:
        -V, --version                     print the version
        -h, --help                        display help for command

      For owners:
        init [options] [dir]              make a repository of packs that becomes a
                                          registry

      For contributors:
        new [options] [name]              make a pack from a chart, manifests, a role
                                          or nothing
        bump [options] <pack> [version]   make the next version of a pack
        check [options] [paths...]        find what is wrong with packs
        explain [options] [rule]          print the page of a rule of check
        diff [options] [base] [head]      say what a change does to the registry
        push [options] <directories...>   put packs on a branch of a registry, for a
                                          pull request

      For publishers:
        build [options]                   make the static registry from a repository
                                          of packs
        doctor [options] [registry]       look at a live host as clients do
        serve [options] [dir]             look at a registry on this machine, as a
                                          host would serve it
        publish [options] [target]        put a built registry where readers get it
        yank [options] <release>          say that releases must not be used any more
        deprecate [options] <release>     say that something else should be used
                                          instead of releases

      To use a registry:
        search [options] <text...>        find packs of a registry
        list [options] [name]             list the packs of a registry, or the
                                          versions of one
        info [options] <pack>             show what a registry says of a pack
        versions [options] <name>         list the versions of a pack
        images [options] <pack...>        list the container images that packs need
        pull [options] [packs...]         fetch packs, verify them and unpack them
        verify [options] [what]           say what is wrong with a pack, an archive or
                                          a registry
        lock [options] [packs...]         pin the packs of packyard.json in
                                          packyard.lock
        outdated [options]                show which pins of packyard.lock are behind
        update [options] [names...]       move the pins of packyard.lock to the newest
                                          releases that fit
        mirror [options] <source> <dest>  copy a registry, or a part of it, into a
                                          folder
        registry                          name the registries that you use
        login [options] [registry]        log in to a registry
        logout [options] [registry]       forget a login

      Commands:
        cache                             show or clear what builds, publishers and
                                          clients keep
        completion <shell>                print a script that completes commands in a
                                          shell
        help [command]                    show help for a command

      Start with:
        packyard init            make a repository of packs that becomes a registry
        packyard new NAME        add a pack to it, from a chart or from nothing
        packyard check           find what is wrong with the packs of this repository
        packyard build           make their registry in public/
        packyard search WORD     find packs of a registry, and pull one
        packyard help build      options and examples of a command

      Exit status:
        0  done
        1  the answer is no: findings, not found, a release that would change
        2  could not run: usage, environment, input or output
        3  integrity or trust failure
      "
    `);
  });

  test('of build', async () => {
    expect((await run('build', '--help')).out).toMatchInlineSnapshot(`
      "Usage: packyard build [options]

      Makes the static registry from a Git repository of packs: checks every pack,
      packs what changed, writes the difference.

      Options:
        --repo <dir>                a folder of the repository (default: ".")
        --rev <commit>              a commit, branch or tag to build; default: the
                                    work tree
        --out <dir>                 output directory (default: "public")
        --keep-going                build everything else when a pack has errors; the
                                    exit status is still 1
        --previous <location>       where the registry is published, a folder or a
                                    URL: what did not change is reused
        --changes-only              with --previous: write only what is not published
                                    yet
        --base <commit>             a commit whose releases count as published, where
                                    --previous is not at hand
        --supersede <name@version>  replace the published content of a release; may be
                                    repeated
        --message <text>            why; it is recorded for clients to see
        --rollback                  build an older commit than the one that is
                                    published
        --dry-run                   print what would be written and removed, and
                                    change nothing
        --no-cache                  neither read nor write the cache
        --timings                   print where the time went, by step
        --json                      print the result as JSON
        -q, --quiet                 print findings and errors only
        -h, --help                  display help for command

      Examples:
        packyard build                          the work tree of the current repository, into public/
        packyard build --rev v1.2 --out site    a tag, straight from Git's objects
        packyard build --repo mirror.git --rev main --dry-run
                                                what a branch of a bare repository would give
        packyard build --previous https://packs.example.org
                                                only what changed since it was published is read and packed
        packyard build --previous public --supersede nginx@1.2.0 --message "wrong image digest"
                                                change what is published, on purpose
        packyard build --keep-going --json      everything that is in order, the result as JSON

      Exit status:
        0  done
        1  the answer is no: findings, not found, a release that would change
        2  could not run: usage, environment, input or output
        3  integrity or trust failure
      "
    `);
  });

  test('of cache', async () => {
    expect((await run('cache', '--help')).out).toMatchInlineSnapshot(`
      "Usage: packyard cache [options] [command]

      Shows or clears what builds, publishers and clients keep from one run to the
      next.

      Options:
        -h, --help       display help for command

      Commands:
        dir [options]    print its folder
        clear [options]  remove it
        help [command]   show help for a command

      Examples:
        packyard cache dir       where the cache is
        packyard cache clear     remove it; what was in it is built or fetched anew

      The cache is in PACKYARD_CACHE_DIR, else where the platform keeps caches.

      Exit status:
        0  done
        1  the answer is no: findings, not found, a release that would change
        2  could not run: usage, environment, input or output
        3  integrity or trust failure
      "
    `);
  });

  test.each([['build'], ['cache']])('of %s has examples and says what the exit status means', async (command) => {
    const { status, out } = await run('help', command);
    expect(status).toBe(0);
    expect(out).toContain(`Examples:\n  packyard ${command}`);
    expect(out).toContain(EXIT_CODES);
  });
});

describe('commands', () => {
  test('build, its summary, plan and timings', async () => {
    const { path } = await gitRepository(packFiles('packs/demo'));
    withEnvironment({ PACKYARD_CACHE_DIR: await scratch() });
    const out = join(path, 'public');
    const dry = await run('build', '--repo', path, '--out', out, '--dry-run', '--quiet');
    expect(dry.out).toMatch(/^\+ logos\/.*\n(?:\+ .*\n)*25 to write, 0 to remove, 0 unchanged\n$/u);
    const built = await run('build', '--repo', path, '--out', out, '--timings');
    expect(built.status).toBe(0);
    expect(built.out).toMatch(
      /^1 pack, 1 release: 1 added, 0 changed, 0 unchanged\n25 files, .*\nRegistry .*\nClients start at .*\n$/u,
    );
    expect(built.err).toMatch(/^packs: 1\/1\n(?:files: .*\n)+(?:\w+ +\d+\.\d ms\n)+$/u);
    expect(built.err).toMatch(/\ntotal +\d+\.\d ms\n$/u);
  });

  test('build --previous, what it takes over, refuses and replaces', async () => {
    const packs = ['1.0.0', '1.1.0'].map((each) => packFiles(`packs/demo-${each}`, { version: each }));
    const repository = await gitRepository(Object.assign({}, ...packs));
    withEnvironment({ PACKYARD_CACHE_DIR: await scratch() });
    const folder = await scratch();
    const [live, site] = [join(folder, 'live'), join(folder, 'site')];
    const build = (...args: string[]): ReturnType<typeof run> =>
      run('build', '--repo', repository.path, '--previous', live, '--out', site, ...args);
    expect((await run('build', '--repo', repository.path, '--out', live, '--quiet')).status).toBe(0);
    repository.commit({ 'packs/demo-1.1.0/values.yaml': 'pack:\n  namespace: other\n' });
    const refused = await build();
    expect(refused.status).toBe(1);
    expect(refused.out).toBe(
      '1 error. Nothing was written: 1 pack refused. With --keep-going the other one is built.\n',
    );
    expect(refused.err).toContain(`demo 1.1.0 is published in ${live} with other content: changed values.yaml`);
    expect(refused.err).toContain('-  namespace: demo\n');
    expect(refused.err).toContain('+  namespace: other\n');
    expect(refused.err).toContain('1.1.1');
    const replaced = await build('--supersede', 'demo@1.1.0', '--message', 'wrong namespace');
    expect(replaced.status).toBe(0);
    expect(replaced.out).toContain('\nSuperseded: demo 1.1.0\n');
    expect(replaced.out).toMatch(
      new RegExp(`\\nTaken over from ${live} \\(serial 1\\): \\d+ requests, .* KiB; \\d+ blobs read from Git\\n`, 'u'),
    );
    repository.commit({
      'packs/demo-1.1.0': null,
      'registry.yaml': 'onRemove: drop\n',
    });
    const dropped = await build('--dry-run');
    expect(dropped.out).toContain('! latest of demo goes back from 1.1.0 to 1.0.0, because 1.1.0 is gone\n');
    expect(dropped.out).toContain('\nTag latest of demo goes back from 1.1.0 to 1.0.0, because 1.1.0 is gone\n');
    // What replaced it goes live, and then what was there before.
    expect((await run('build', '--repo', repository.path, '--out', live, '--rev', 'HEAD~1', '--quiet')).status).toBe(0);
    const older = await run('build', '--repo', repository.path, '--previous', live, '--out', site, '--rev', 'HEAD~2');
    expect(older.status).toBe(1);
    expect(older.err).toMatch(
      /\nerror Commit [0-9a-f]{12} has serial 1, and .*live has 2 already\.\n {2}→ Build the newest commit; or, to go back on purpose, add --rollback\.\n$/u,
    );
  });

  test('--quiet prints nothing when all is well', async () => {
    const { path } = await gitRepository(packFiles('packs/demo'));
    const args = ['build', '--repo', path, '--out', join(path, 'public'), '--no-cache', '--quiet'];
    expect(await run(...args)).toEqual({ status: 0, out: '', err: '' });
  });

  test('cache dir and cache clear', async () => {
    const cache = await scratch();
    withEnvironment({ PACKYARD_CACHE_DIR: cache });
    expect(await run('cache', 'dir')).toEqual({ status: 0, out: `${cache}\n`, err: '' });
    expect(await run('cache', 'clear')).toEqual({ status: 0, out: `Removed 0 bytes from ${cache}\n`, err: '' });
    for (const folder of ['client', 'publish', 'foreign']) {
      mkdirSync(join(cache, folder));
      writeFileSync(join(cache, folder, 'file'), 'bytes');
    }
    expect(await run('cache', 'clear')).toEqual({ status: 0, out: `Removed 10 bytes from ${cache}\n`, err: '' });
    expect(readdirSync(cache)).toEqual(['foreign']);
    expect(await run('cache', 'clear', '--quiet')).toEqual({ status: 0, out: '', err: '' });
  });
});
