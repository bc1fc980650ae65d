// Publishes a built folder to a branch: node publish-git.mjs FROM REMOTE HISTORY. Uses what `npm run build` made.
import { openGitStore } from '../../dist/publish/git/git-store.js';
import { publish } from '../../dist/publish/publish.js';

const [from = '', remote = '', history = 'keep'] = process.argv.slice(2);
const store = await openGitStore({
  remote,
  branch: 'gh-pages',
  repository: '.',
  history: history === 'squash' ? 'squash' : 'keep',
});
const { outcome } = await publish({ store, from });
await store.close();
process.stdout.write(`${outcome}\n`);
