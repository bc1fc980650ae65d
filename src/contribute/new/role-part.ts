import { basename, resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { notPortable } from '../../model/portable-path.ts';
import { junkFilter } from '../../pack/junk.ts';
import type { PackFile } from '../../pack/pack.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import type { Decision, DraftPart, ProposedFacts } from '../draft-part.ts';
import { newFile } from '../write-files.ts';
import { readFolder } from './read-folder.ts';

/** What makes a folder a role: Ansible reads these by itself. */
const MAIN = /^(?:tasks|handlers|defaults|vars|meta)\/main\.(?:ya?ml|json)$|^meta\/argument_specs\.ya?ml$/u;
const YAML = /^(?:tasks|handlers|defaults|vars|meta)\/.*\.ya?ml$/u;
/** What version control, tests and Python leave in a role, and nobody installs. */
const LEFT_OUT =
  /(?:^|\/)(?:\.git|\.github|\.gitlab|\.ansible|\.cache|\.tox|\.venv|venv|__pycache__|\.pytest_cache|node_modules|molecule)\/|(?:^|\/)(?:\.git|\.gitmodules|\.gitlab-ci\.yml|\.travis\.yml)$|\.(?:pyc|retry)$/u;
const VAULT = '$ANSIBLE_VAULT;';

/**
 * Reads an Ansible role, less what is junk in a release. Rejects with `usage` for a folder that is no role, and with
 * `file-too-large`.
 */
export function readRolePart(folder: string): DraftPart {
  const name = basename(resolve(folder));
  const reason = notPortable(name);
  if (reason !== undefined) throw refused(`The role ${folder} cannot keep its name: ${reason}.`, 'Rename its folder.');
  const isJunk = junkFilter();
  const files = readFolder(folder, {
    what: 'role',
    isLeftOut: (path) => LEFT_OUT.test(path) || isJunk(path.replace(/\/$/u, '')),
  });
  requireRole(folder, files);
  const root = `ansible-roles/${name}`;
  return {
    facts: factsOf(files, name),
    files: files.map(({ path, data, executable }) => newFile(`${root}/${path}`, data, executable)),
    charts: [],
    kubeManifests: [],
    ansibleRoles: [root],
    chartValues: new Map(),
    namespaces: [],
    images: [],
    decisions: files.flatMap((file) => decisionsOn(file, root)),
  };
}

function requireRole(folder: string, files: readonly PackFile[]): void {
  if (files.some(({ path }) => MAIN.test(path))) return;
  const inside = files.find(({ path }) => /^(?:roles\/)?[^/]+\/tasks\/main\.ya?ml$/u.test(path))?.path;
  throw refused(
    `${folder} is no Ansible role: it has no tasks/main.yml, nor another main.yml that Ansible looks for.`,
    inside === undefined
      ? 'Name the folder that holds tasks, defaults or meta.'
      : `Did you mean the role inside: ${inside.replace(/\/tasks\/.*$/u, '')}?`,
  );
}

function decisionsOn({ path, data }: PackFile, root: string): Decision[] {
  const file = `${root}/${path}`;
  const text = data.length > LIMITS.valuesBytes ? '' : data.toString('utf8');
  if (text.includes(VAULT)) {
    const line = text.slice(0, text.indexOf(VAULT)).split('\n').length;
    return [{ file, line, text: 'It holds an Ansible vault: whoever installs the pack needs its password.' }];
  }
  if (!YAML.test(path)) return [];
  const parsed = parseYaml(text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  // Tags such as !unsafe are Ansible's own, and several documents may be meant.
  if (!('problem' in parsed) || parsed.problem.kind !== 'invalid' || parsed.problem.reason.startsWith('unknown '))
    return [];
  const { reason, place } = parsed.problem;
  return [{ file, line: place.line, text: `Ansible may not be able to read it: ${reason}.` }];
}

function factsOf(files: readonly PackFile[], name: string): ProposedFacts {
  const meta = files.find(({ path }) => /^meta\/main\.ya?ml$/u.test(path));
  const parsed = meta && parseYaml(meta.data.toString('utf8'), { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  const info =
    parsed !== undefined && 'document' in parsed ? propertyOf(parsed.document.value, 'galaxy_info') : undefined;
  const own = propertyOf(info, 'role_name');
  const description = propertyOf(info, 'description');
  return {
    name: (typeof own === 'string' ? own : name).toLowerCase().replaceAll('_', '-'),
    ...(typeof description === 'string' && description.trim() !== '' && { description: description.trim() }),
  };
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
