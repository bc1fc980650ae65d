import { onTestFinished } from 'vitest';

import { openGitObjects, type GitObjects } from '../../src/repo/git-objects.ts';

/** Reads objects of a repository until the test ends. */
export function openObjects(directory: string): GitObjects {
  const objects = openGitObjects(directory);
  onTestFinished(() => objects.close());
  return objects;
}
