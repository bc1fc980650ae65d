import { shellWord } from '../../client/settings/shell-word.ts';
import type { InitValues } from './init-values.ts';

/** What to do next, with the commands that do it. */
export interface NextStep {
  readonly text: string;
  readonly commands: readonly string[];
}

export interface NextStepsFacts {
  readonly git: 'found' | 'made' | 'none';
  readonly values: InitValues;
  readonly packs: readonly string[];
  /** Whether anything was committed yet. */
  readonly hasCommit: boolean;
  /** Whether Git knows a remote to push to. */
  readonly hasRemote: boolean;
  /** What is to be committed, from the root: files and whole folders. */
  readonly changed: readonly string[];
  /** How Packyard is called. */
  readonly packyard: string;
}

/** From the files to a registry that is published. Nothing has to be installed first. */
export function nextSteps({
  git,
  values,
  packs,
  hasCommit,
  hasRemote,
  changed,
  packyard,
}: NextStepsFacts): readonly NextStep[] {
  const { branch, host } = values;
  // Where somebody may be at work already, nothing of that is committed by the way.
  const isNew = !hasCommit;
  // Nothing is published yet that a workflow could begin with: its first run is started by hand.
  const skip = host === 'none' || !isNew ? '' : ' [skip ci]';
  return [
    ...(git === 'none' ? [step('Make it a Git repository, from which registries are built', 'git init')] : []),
    ...(packs.length > 0
      ? [
          step(
            'What is wrong with the packs today is known from now on, and only what is new fails',
            `${packyard} check --update-baseline`,
          ),
        ]
      : []),
    step(
      'Commit',
      `git add ${isNew ? '--all' : changed.map((path) => shellWord(path)).join(' ')}`,
      `git commit -m "Start a registry of packs${skip}"`,
    ),
    step('Build the registry on this machine, and look at it', `${packyard} build`, `${packyard} serve`),
    ...(!hasRemote
      ? [
          step(
            'Make an empty repository on your Git host, and push',
            'git remote add origin ADDRESS',
            `git push --set-upstream origin ${git === 'found' ? 'HEAD' : shellWord(branch)}`,
          ),
        ]
      : [step('Push, or open a pull request', 'git push --set-upstream origin HEAD')]),
    ...hosting(values, packyard),
  ];
}

function hosting({ host, branch }: InitValues, packyard: string): readonly NextStep[] {
  const first = (file: string): NextStep =>
    step(
      `Publish for the first time: Actions → Publish → Run workflow, with "Nothing is published yet"; then every push to ${branch} publishes`,
      `gh workflow run ${file} --ref ${shellWord(branch)} -f first=true`,
    );
  switch (host) {
    case 'pages': {
      const pages = 'gh api --method POST "repos/{owner}/{repo}/pages" -f build_type=workflow';
      return [step('Choose "GitHub Actions" under Settings → Pages → Source', pages), first('publish-pages.yml')];
    }
    case 's3':
      return [
        step(
          'Say where the bucket is; .github/workflows/publish-s3.yml says what the role needs',
          'gh variable set PACKYARD_TARGET --body s3://BUCKET/PREFIX',
          'gh variable set PACKYARD_URL --body https://PACKS.EXAMPLE.ORG/',
          'gh variable set PACKYARD_REGION --body REGION',
          'gh variable set PACKYARD_ROLE --body arn:aws:iam::ACCOUNT:role/ROLE',
        ),
        first('publish-s3.yml'),
      ];
    case 'directory':
      return [
        step(
          'Say which folder of your runner is served, and at which address',
          'gh variable set PACKYARD_TARGET --body /srv/packs',
          'gh variable set PACKYARD_URL --body https://PACKS.EXAMPLE.ORG/',
        ),
        first('publish-directory.yml'),
      ];
    case 'none':
      return [step('Publish it to a folder, a bucket or a branch', `${packyard} publish /srv/packs`)];
  }
}

function step(text: string, ...commands: readonly string[]): NextStep {
  return { text, commands };
}
