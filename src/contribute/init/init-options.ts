/** Where a workflow publishes the registry to: GitHub Pages, a bucket, a folder on an own runner, or nowhere yet. */
export const PUBLISH_TARGETS = ['pages', 's3', 'directory', 'none'] as const;

export type PublishTarget = (typeof PUBLISH_TARGETS)[number];

/** What there is to decide about a new registry. What is left out is proposed by the folder and its Git remote. */
export interface InitAnswers {
  /** Short name of the registry. */
  readonly name?: string;
  /** What people see. */
  readonly title?: string;
  /** In one or two sentences. */
  readonly description?: string;
  /** Public address of the Git repository. */
  readonly repository?: string;
  /** Where readers will find the registry. */
  readonly url?: string;
  readonly host?: PublishTarget;
  /** Who reviews: `@user`, `@organisation/team` or an e-mail address. */
  readonly owners?: readonly string[];
  /** Branch that is published. */
  readonly branch?: string;
  /** Name of the first pack, or false for none. Default: `hello-world`; none where there are packs or a `registry.yaml`. */
  readonly pack?: string | false;
}

export interface InitOptions extends InitAnswers {
  /** Folder of the repository, which is made where it is missing. Default: the current one. */
  readonly directory?: string;
  /** Make a Git repository where there is none. Default: true. */
  readonly git?: boolean;
  /** How Packyard is called in the next steps. Default: by `npx`, in this version. */
  readonly packyard?: string;
  /** Make the plan and change nothing. */
  readonly dryRun?: boolean;
}
