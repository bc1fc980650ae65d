import type { Decision, DraftPart } from '../draft-part.ts';
import { lineWith } from './line-with.ts';
import type { PackFacts } from './pack-facts.ts';
import { listedImages, OPTIONAL_COMMENT, optionalImages } from './values-text.ts';

/** What is looked at besides the facts: sources, and the texts of `pack.json` and `values.yaml`. */
export interface DecidedOn {
  readonly parts: readonly DraftPart[];
  readonly manifest: string;
  readonly values: string;
}

/** What of the facts of a new pack was guessed or is missing, and which images need a look. */
export function decisionsOnFacts(facts: PackFacts, { parts, manifest, values }: DecidedOn): Decision[] {
  const inManifest = (key: string, text: string): Decision => placed('pack.json', manifest, `"${key}":`, text);
  const { guessed } = facts;
  return [
    ...(guessed.has('version') ? [inManifest('version', 'The version is a guess: nothing says another one.')] : []),
    ...(guessed.has('layer') ? [inManifest('layer', layerText(facts))] : []),
    ...(guessed.has('addonType') && !guessed.has('layer')
      ? [inManifest('addonType', `Is it for ${facts.addonType ?? ''}? Catalogs group packs by that.`)]
      : []),
    ...(facts.description === undefined
      ? [
          placed(
            'pack.json',
            manifest,
            '"annotations":',
            'Say in annotations.description in a sentence what the pack does.',
          ),
        ]
      : []),
    ...(facts.contributor === undefined
      ? [placed('pack.json', manifest, '"annotations":', 'Say in annotations.contributor whom to ask about the pack.')]
      : []),
    ...namespaceDecisions(facts, parts, values),
    ...imageDecisions(parts, values),
  ];
}

function layerText({ layer, addonType, guessed }: PackFacts): string {
  const isToo = guessed.has('addonType') && addonType !== undefined;
  return isToo
    ? `The layer is ${layer}, and its addonType ${addonType}, by which catalogs group packs, unless you know better.`
    : `The layer is ${layer} unless you know better.`;
}

function namespaceDecisions(
  { namespace, guessed }: PackFacts,
  parts: readonly DraftPart[],
  values: string,
): Decision[] {
  if (namespace === undefined) return [];
  const others = [...new Set(parts.flatMap(({ namespaces }) => namespaces))].filter((each) => each !== namespace);
  const at = 'namespace:';
  if (guessed.has('namespace') && others.length === 0)
    return [placed('values.yaml', values, at, `Is ${namespace} the namespace to install it into?`)];
  if (others.length === 0) return [];
  const named = others.slice(0, 10).join(', ');
  return [
    placed(
      'values.yaml',
      values,
      at,
      `Its sources name more than one namespace: ${namespace} was taken, and there ${others.length === 1 ? 'is' : 'are'} ${named}.`,
    ),
  ];
}

function imageDecisions(parts: readonly DraftPart[], values: string): Decision[] {
  const images = parts.flatMap((part) => part.images);
  const byProblem = new Map<string, string[]>();
  for (const { image, problem } of listedImages(images)) {
    if (problem !== undefined) byProblem.set(problem, [...(byProblem.get(problem) ?? []), image]);
  }
  const optional = optionalImages({ images, optionalImages: parts.flatMap((part) => part.optionalImages ?? []) });
  return [
    ...[...byProblem].map(([problem, [first = '', ...others]]) => {
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      return placed('values.yaml', values, `- image: ${first}\n`, `${first}${more}: ${problem}`);
    }),
    ...(optional.length === 0
      ? []
      : [placed('values.yaml', values, `# ${OPTIONAL_COMMENT}`, optionalText(optional.length))]),
  ];
}

function optionalText(count: number): string {
  return count === 1
    ? 'An image that only other values turn on stands in a comment: list it where clusters without internet shall have it.'
    : `${count} images that only other values turn on stand in comments: list those that clusters without internet shall have.`;
}

function placed(file: string, content: string, at: string, text: string): Decision {
  const line = lineWith(content, at);
  return { file, ...(line !== undefined && { line }), text };
}
