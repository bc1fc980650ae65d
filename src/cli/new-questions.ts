import { ADDON_TYPES } from '../check/addon-types.ts';
import { oneLine } from '../check/one-line.ts';
import type { AskedFacts, ProposedPack } from '../contribute/new/new-pack-options.ts';
import { displayName as shownName } from '../contribute/chart/display-name.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import { openPrompt, type Prompt, type PromptStreams } from './prompt.ts';

const LAYER_HINTS: Readonly<Record<Layer, string>> = {
  kernel: 'of the nodes',
  os: 'operating system of the nodes',
  k8s: 'Kubernetes itself',
  cni: 'network of pods',
  csi: 'storage for pods',
  addon: 'everything else',
};
const OTHER = 'something else';

const NOTHING_MADE = 'No pack was made: the questions were not answered.';

/** Whether the icon of a chart is fetched from an address, which holds no credentials. Rejects with `cancelled`. */
export async function askIcon(shown: string, streams: PromptStreams = {}): Promise<boolean> {
  const prompt = await openPrompt(NOTHING_MADE, streams);
  return prompt.confirm(`Fetch the icon of the chart from ${oneLine(shown)}?`, true);
}

/** Asks for what no flag says, beginning with what is proposed. Rejects with `cancelled`. */
export async function askFacts(
  proposed: ProposedPack,
  flags: AskedFacts,
  streams: PromptStreams = {},
): Promise<AskedFacts> {
  const prompt = await openPrompt(NOTHING_MADE, streams);
  const name = proposed.name !== undefined && proposed.isNamed ? proposed.name : await askName(prompt, proposed);
  const version = flags.version ?? (await askVersion(prompt, proposed, name));
  const layer = flags.layer ?? (await askLayer(prompt, proposed.layer));
  const displayName =
    flags.displayName ??
    (await prompt.text({
      message: 'What do people see as its name?',
      initial: proposed.displayName ?? shownName(name, []),
    }));
  const addonType = layer === 'addon' ? (flags.addonType ?? (await askType(prompt, proposed.addonType))) : undefined;
  const description =
    flags.description ??
    (await prompt.text({
      message: 'What does it do, in a sentence?',
      optional: true,
      ...(proposed.description !== undefined && { initial: proposed.description }),
    }));
  return {
    name,
    version,
    layer,
    displayName,
    ...(addonType !== undefined && { addonType }),
    ...(description !== '' && { description }),
  };
}

function askName(prompt: Prompt, { name, refuse }: ProposedPack): Promise<string> {
  return prompt.text({
    message: 'What is the pack called?',
    placeholder: 'lower-case letters and digits, with - between them',
    ...(name !== undefined && { initial: name }),
    problem: (text) => refuse(text),
  });
}

function askVersion(prompt: Prompt, { version, refuse }: ProposedPack, name: string): Promise<string> {
  return prompt.text({
    message: 'Which version?',
    initial: version ?? '1.0.0',
    problem: (text) => refuse(name, text),
  });
}

function askLayer(prompt: Prompt, initial: Layer = 'addon'): Promise<Layer> {
  const choices = LAYERS.map((layer) => ({ value: layer, label: layer, hint: LAYER_HINTS[layer] }));
  return prompt.choose({ message: 'To which layer does it belong?', choices, initial });
}

async function askType(prompt: Prompt, initial: string = 'app services'): Promise<string> {
  const types = [...new Set([...ADDON_TYPES, initial, OTHER])];
  const choices = types.map((type) => ({ value: type, label: type }));
  const type = await prompt.choose({ message: 'What is it for?', choices, initial });
  return type === OTHER ? prompt.text({ message: 'For what, in a word or two?' }) : type;
}
