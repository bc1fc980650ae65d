import { loadPack } from '../../src/pack/load-pack.ts';
import type { Pack } from '../../src/pack/pack.ts';
import { readPackFiles } from '../../src/pack/read-files.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository } from './git-repository.ts';
import { openObjects } from './open-objects.ts';
import { packFiles, type PackOptions } from './pack-fixture.ts';

/** A pack, read from a repository of its own. */
export async function packOf(options: PackOptions = {}): Promise<Pack> {
  const repository = await gitRepository(packFiles('pack', options));
  const objects = openObjects(repository.path);
  const tree = repository.git('rev-parse', 'HEAD:pack');
  const { files, findings } = await readPackFiles(treesOf(objects), objects, tree);
  return loadPack(files, findings);
}
