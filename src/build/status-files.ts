import type { Finding } from '../model/finding.ts';
import { isPackName } from '../model/pack-name.ts';
import { STATUS_FOLDER } from '../model/status.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { TreeEntry } from '../repo/tree.ts';

/** A file of `status/` that is where it belongs. */
export interface StatusBlob {
  /** Of the pack. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly oid: string;
}

/** The entries of `status/`, by what is to be done with them. */
export interface PlacedFiles {
  readonly files: readonly StatusBlob[];
  /** Packs whose file is none. */
  readonly refused: readonly string[];
  readonly findings: readonly Finding[];
}

export function placedStatusFiles(entries: readonly TreeEntry[]): PlacedFiles {
  const files: StatusBlob[] = [];
  const refused: string[] = [];
  const findings: Finding[] = [];
  for (const { name: entry, type, oid } of entries) {
    const file = `${STATUS_FOLDER}/${entry}`;
    const name = packOf(entry);
    if (name !== undefined && (type === 'file' || type === 'executable')) files.push({ name, file, oid });
    else if (name !== undefined && (type === 'symlink' || type === 'submodule')) {
      refused.push(name);
      findings.push(findingOf('status/not-a-file', file, { what: WORDS[type] }));
    } else findings.push(strayFinding(file, entry, type));
  }
  return { files, refused, findings };
}

/** The pack that a name in `status/` stands for. */
function packOf(entry: string): string | undefined {
  const name = entry.endsWith('.yaml') ? entry.slice(0, -'.yaml'.length) : undefined;
  return name !== undefined && isPackName(name) ? name : undefined;
}

const WORDS = { directory: 'a folder', symlink: 'a symbolic link', submodule: 'a submodule' } as const;

function strayFinding(file: string, entry: string, type: TreeEntry['type']): Finding {
  const plain = type === 'file' || type === 'executable';
  const meant = `${entry.toLowerCase().replace(/\.(?:ya?ml|json)$/u, '')}.yaml`;
  const suggestion = plain && meant !== entry && packOf(meant) !== undefined && /\.(?:ya?ml|json)$/iu.test(entry);
  const args = {
    what: plain ? 'the file' : WORDS[type],
    ...(suggestion && { suggestion: `${STATUS_FOLDER}/${meant}` }),
  };
  return findingOf('status/misplaced-file', file, args, { severity: 'warning' });
}
