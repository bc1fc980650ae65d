import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { referenceText, type PackReference } from '../reference.ts';
import { PROJECT_FILE, PROJECT_KIND, projectFile, readProject } from '../settings/project-file.ts';
import { settingsDocument } from '../settings/settings-document.ts';
import { newProject, withWish } from './edit-project.ts';
import { projectLock, type PlannedFile, type ProjectLock } from './project-lock.ts';

export interface ProjectWithWishes extends ProjectLock {
  /** What is to stand in `packyard.json`; undefined where it asks for all that already. */
  readonly planned: PlannedFile | undefined;
}

/**
 * The project that a folder is in, or a new one in that folder, as if its `packyard.json` asked for these packs. What is
 * named without versions stays as it is, or becomes `latest`. A registry is written into a new project only. Rejects with
 * `project-invalid`, `lock-invalid` and `usage`.
 */
export async function addWishes(
  start: string,
  references: readonly PackReference[],
  registry?: string,
): Promise<ProjectWithWishes> {
  requireOneWish(references);
  const project = await readProject(start);
  const path = project?.file ?? join(resolve(start), PROJECT_FILE);
  const before = project === undefined ? undefined : await textOf(path);
  let text = before ?? newProject(registry);
  for (const reference of references) {
    const { name } = reference;
    const selector = selectorOf(reference);
    const known = project !== undefined && Object.hasOwn(project.packs, name);
    if (selector !== undefined || !known) text = withWish(text, name, selector ?? 'latest');
  }
  const wishing = await projectFile(await settingsDocument(path, text, PROJECT_KIND));
  return { ...(await projectLock(wishing)), planned: text === before ? undefined : { path, text } };
}

/** Of two versions of a pack, `packyard.json` can name one. */
function requireOneWish(references: readonly PackReference[]): void {
  const wishes = new Map<string, string>();
  for (const reference of references) {
    const text = referenceText(reference);
    const other = wishes.get(reference.name) ?? text;
    wishes.set(reference.name, text);
    if (other === text) continue;
    throw new PackyardError({
      code: 'usage',
      message: `${other} and ${text} are one pack, and packyard.json names one version or range of each.`,
      hint: `Leave out one of them; a range can allow both, as in "${reference.name}@>=1.2 <3".`,
    });
  }
}

function selectorOf({ name, selector, tag, sha256 }: PackReference): string | undefined {
  if (sha256 === undefined) return selector ?? tag;
  throw new PackyardError({
    code: 'usage',
    message: `packyard.json names versions, not contents: ${name}@sha256:… cannot be written into it.`,
    hint: `Name the version, as in ${name}@1.2.3: packyard.lock pins its content.`,
  });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new PackyardError({
      code: 'project-invalid',
      message: `${file} cannot be read (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Check that it is a file, and its permissions.',
      cause: error,
    });
  }
}
