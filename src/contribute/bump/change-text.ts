import { isUtf8 } from 'node:buffer';

import type { PackFile } from '../../pack/pack.ts';

/** Changes the text of a file, where there is one that is UTF-8: what else it holds would be lost. */
export function changeText(files: Map<string, PackFile>, path: string, edit: (text: string) => string): void {
  const file = files.get(path);
  if (file === undefined || !isUtf8(file.data)) return;
  const text = file.data.toString('utf8');
  const edited = edit(text);
  if (edited !== text) files.set(path, { ...file, data: Buffer.from(edited) });
}
