import type { InitFacts } from '../contribute/init/init-facts.ts';
import type { InitAnswers, PublishTarget } from '../contribute/init/init-options.ts';
import { initValues, isAddress, isOwner, isText } from '../contribute/init/init-values.ts';
import { oneLine } from '../check/one-line.ts';
import { isPackName } from '../model/pack-name.ts';
import type { Prompt } from './prompt.ts';

const TARGETS: readonly { readonly value: PublishTarget; readonly label: string; readonly hint: string }[] = [
  { value: 'pages', label: 'GitHub Pages', hint: 'nothing to run, up to 1 GB' },
  { value: 's3', label: 'a bucket', hint: 'S3 and what speaks it' },
  { value: 'directory', label: 'a folder', hint: 'on a runner of your own' },
  { value: 'none', label: 'nowhere yet', hint: 'pull requests are checked' },
];

/** Asks for what no flag says; an existing `registry.yaml` says the rest. Rejects with `cancelled`. */
export async function initQuestions(prompt: Prompt, facts: InitFacts, flags: InitAnswers): Promise<InitAnswers> {
  const proposed = initValues(facts, flags);
  const isNew = facts.config === undefined;
  const described = isNew ? await askAbout(prompt, proposed, flags, facts) : {};
  const host =
    flags.host ??
    facts.host ??
    (await prompt.choose({ message: 'Where is the registry published?', choices: TARGETS, initial: proposed.host }));
  const owners = flags.owners ?? (facts.owned ? [] : words(await askOwners(prompt)));
  const pack = flags.pack ?? (await wantsPack(prompt, facts, proposed.pack));
  return { ...flags, ...described, host, owners, ...(pack !== undefined && { pack }) };
}

async function askAbout(
  prompt: Prompt,
  proposed: ReturnType<typeof initValues>,
  flags: InitAnswers,
  facts: InitFacts,
): Promise<InitAnswers> {
  const name =
    flags.name ??
    (await prompt.text({
      message: 'What is the registry called, for configuration and commands?',
      initial: proposed.name,
      problem: (text) => (isPackName(text) ? undefined : 'Lower-case letters and digits, with -, _ or . between them.'),
    }));
  const title =
    flags.title ??
    (await prompt.text({
      message: 'And for people?',
      initial: initValues(facts, { ...flags, name }).title,
      problem: (text) => (isText(text) ? undefined : 'One line of at most 1000 characters.'),
    }));
  const repository =
    flags.repository ??
    (await prompt.text({
      message: 'What is the public address of its Git repository?',
      placeholder: 'https://github.com/acme/packs, or nothing',
      ...(proposed.repository !== undefined && { initial: proposed.repository }),
      optional: true,
      problem: (text) => (isAddress(text) ? undefined : 'An http(s) address without user and password.'),
    }));
  return { name, title, ...(repository !== '' && { repository }) };
}

async function askOwners(prompt: Prompt): Promise<string> {
  return prompt.text({
    message: 'Who reviews pull requests?',
    placeholder: '@acme/platform, or nothing',
    optional: true,
    problem: (text) => {
      const wrong = words(text).find((word) => !isOwner(word));
      return wrong === undefined ? undefined : `${oneLine(wrong)} is no @user, @organisation/team or e-mail address.`;
    },
  });
}

/** Undefined where there are packs or was a registry before, and nobody needs one to start from. */
async function wantsPack(
  prompt: Prompt,
  { packs, config }: InitFacts,
  proposed: string | undefined,
): Promise<string | false | undefined> {
  if (packs.length > 0 || config !== undefined || proposed === undefined) return undefined;
  return (await prompt.confirm(`Add a first pack, ${proposed}, to look at and to start from?`, true)) && proposed;
}

/** Owners as they are written: one after the other, with blanks or commas between them. */
export function words(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((word) => word !== '');
}
