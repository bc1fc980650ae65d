import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import packageJson from '../../package.json' with { type: 'json' };
import { PUBLISH_TARGETS } from '../../src/contribute/init/init-options.ts';
import { init } from '../../src/contribute/init/init.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';
import { scratch } from '../helpers/scratch.ts';
import { GITHUB, readYaml, type Action, type Step, type Workflow } from '../helpers/workflow-steps.ts';

const OWN = ['pull-request.yml', 'pull-request-comment.yml', 'publish-pages.yml', 'doctor.yml'];
const TEMPLATES = readdirSync(join(GITHUB, 'templates/workflows')).map((file) => `templates/workflows/${file}`);
const WORKFLOWS = [...readdirSync(join(GITHUB, 'workflows')).map((file) => `workflows/${file}`), ...TEMPLATES];
const ACTIONS = ['actions/check', 'actions/publish', 'actions/setup', 'templates/actions/setup'];

function stepsOf(path: string): readonly Step[] {
  if (path.includes('actions/')) return readYaml<Action>(`${path}/action.yml`).runs.steps;
  return Object.values(readYaml<Workflow>(path).jobs).flatMap(({ steps }) => steps);
}

test.each(OWN)('%s of this repository is what others get', (file) => {
  const read = (folder: string): string => readFileSync(join(GITHUB, folder, file), 'utf8');
  expect(read('workflows')).toBe(read('templates/workflows'));
});

test('and so is what zizmor is told', () => {
  const read = (file: string): string => readFileSync(join(GITHUB, file), 'utf8');
  expect(read('zizmor.yml')).toBe(read('templates/zizmor.yml'));
});

test.for(PUBLISH_TARGETS)('zizmor has nothing against a new registry (%s)', async (host, { skip }) => {
  const directory = await scratch();
  await init({ directory, host, pack: false });
  const { status, stderr, error } = spawnSync('zizmor', ['--offline', '.'], { cwd: directory, encoding: 'utf8' });
  if (error !== undefined && !PEERS_REQUIRED) skip('no zizmor here');
  expect({ status, stderr }).toMatchObject({ status: 0 });
});

describe.each([...WORKFLOWS, ...ACTIONS])('%s', (path) => {
  test('no expression is pasted into commands', () => {
    expect(stepsOf(path).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  test('shellcheck has nothing against them', ({ skip }) => {
    const scripts = stepsOf(path).flatMap(({ run }) => run ?? []);
    for (const input of scripts) {
      const { status, stdout, error } = spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' });
      if (error !== undefined && !PEERS_REQUIRED) skip('no shellcheck here');
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    }
  });

  test('actions are named by their commit', () => {
    const uses = stepsOf(path).flatMap((step) => step.uses ?? []);
    expect(uses.filter((each) => !/^(?:\.\/\.github\/actions\/\w+|[\w-]+\/[\w-]+@[0-9a-f]{40})$/u.test(each))).toEqual(
      [],
    );
  });
});

test('the same action has the same commit everywhere', () => {
  const versions = new Map<string, Set<string>>();
  for (const path of WORKFLOWS) {
    for (const { uses = '' } of stepsOf(path)) {
      const [name = '', commit] = uses.split('@');
      if (commit !== undefined) versions.set(name, (versions.get(name) ?? new Set()).add(commit));
    }
  }
  expect([...versions].filter(([, commits]) => commits.size > 1)).toEqual([]);
});

test.each(TEMPLATES)('%s gives each job only what it needs', (path) => {
  const { permissions, jobs } = readYaml<Workflow>(path);
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toMatchSnapshot();
});

test.each(['check', 'publish'])('the page of %s names every input and output', (name) => {
  const { inputs, outputs } = readYaml<Action>(`actions/${name}/action.yml`);
  const page = readFileSync(join(GITHUB, 'actions', name, 'README.md'), 'utf8');
  for (const key of [...Object.keys(inputs), ...Object.keys(outputs)]) expect(page).toContain(`\`${key}\``);
});

test.each(['actions/check', 'actions/publish', 'templates/actions/setup'])('%s installs this version', (path) => {
  expect(readYaml<Action>(`${path}/action.yml`).inputs['version']?.default).toBe(packageJson.version);
});
