import { dirname, join } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { PackyardError, systemCode } from '../../errors.ts';
import type { Mapping } from '../../model/json-value.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { editFile } from './edit-file.ts';
import { projectFile, PROJECT_KIND } from './project-file.ts';
import { readSettingsDocument, settingsDocument, type DocumentKind } from './settings-document.ts';
import { userSettings, USER_FILE, USER_KIND } from './user-settings.ts';

/**
 * Changes the user's settings in a folder. What is no setting is kept. Gives the file. Rejects with
 * `settings-invalid`, also where the result would be.
 */
export async function editUserSettings(folder: string, edit: (value: Mapping) => Mapping): Promise<string> {
  const file = join(folder, USER_FILE);
  await editDocument(file, USER_KIND, 0o600, edit, async (text) => {
    await userSettings(await settingsDocument(file, text, USER_KIND), folder);
  });
  return file;
}

/** Changes a `packyard.json`, or makes it. What is no setting is kept. Rejects with `project-invalid`. */
export async function editProjectFile(file: string, edit: (value: Mapping) => Mapping): Promise<void> {
  makeFolder(dirname(file));
  await editDocument(file, PROJECT_KIND, 0o666 & ~process.umask(), edit, async (text) => {
    await projectFile(await settingsDocument(file, text, PROJECT_KIND));
  });
}

async function editDocument(
  file: string,
  kind: DocumentKind,
  mode: number,
  edit: (value: Mapping) => Mapping,
  check: (text: string) => Promise<void>,
): Promise<void> {
  const change = async (target: string): Promise<string | undefined> => {
    const { text, value } = await readSettingsDocument(target, kind);
    // What cannot be read is not to be made worse.
    if (text !== undefined) await check(text);
    const after = `${JSON.stringify(edit(value), undefined, indentOf(text))}\n`;
    if (text !== undefined && JSON.stringify(JSON.parse(after)) === JSON.stringify(value)) return undefined;
    await check(after);
    return after;
  };
  try {
    await editFile(file, change, mode);
  } catch (error) {
    if (error instanceof PackyardError || systemCode(error) === undefined) throw error;
    throw new PackyardError({
      code: kind.code,
      message: `${oneLine(file)} cannot be written (${systemCode(error)}).`,
      hint: 'Check the permissions of the file and its folder, and the space that is left.',
      cause: error,
    });
  }
}

/** As its author has it. */
function indentOf(text = ''): string {
  return /^\{\r?\n(?<indent>[ \t]{1,8})"/u.exec(text)?.groups?.['indent'] ?? '  ';
}
