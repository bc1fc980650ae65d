import { LIMITS } from '../model/limits.ts';
import { propertyOf, stringsAt } from '../model/json-value.ts';
import { parseYaml, type ParsedYaml } from './yaml-document.ts';

export const PRESETS_FILE = 'presets.yaml';

/** One entry of `presets.yaml`, as far as it is what it should be. */
export interface Preset {
  /** In the list `presets`. */
  readonly index: number;
  readonly name?: string;
  /** Dotted paths into `values.yaml`; what is not a string is an empty one, so that indexes stay. */
  readonly remove: readonly string[];
  /** What is merged into `values.yaml`, parsed on the first look; undefined unless it is a text. */
  addition(): ParsedYaml | undefined;
}

const known = new WeakMap<readonly unknown[], readonly Preset[]>();

/** The presets in the value of `presets.yaml`; the same ones each time, as their additions are parsed once. */
export function presetsOf(value: unknown): readonly Preset[] {
  const list = propertyOf(value, 'presets');
  if (!Array.isArray(list)) return [];
  const presets = known.get(list) ?? list.map(presetReader());
  known.set(list, presets);
  return presets;
}

/** What the presets add, each as a value that can be merged; what cannot be read is left out. */
export function presetAdditions(presets: readonly Preset[]): unknown[] {
  return presets.flatMap((preset) => {
    const addition = preset.addition();
    return addition !== undefined && 'document' in addition ? [addition.document.value] : [];
  });
}

function presetReader(): (entry: unknown, index: number) => Preset {
  // An alias can repeat one entry a hundred thousand times.
  const parsed = new Map<string, ParsedYaml>();
  return (entry, index) => {
    const name = propertyOf(entry, 'name');
    return {
      index,
      ...(typeof name === 'string' && name.trim() !== '' && { name }),
      remove: stringsAt(entry, 'remove'),
      addition() {
        const add = propertyOf(entry, 'add');
        if (typeof add !== 'string') return undefined;
        const addition = parsed.get(add) ?? parseYaml(add, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
        parsed.set(add, addition);
        return addition;
      },
    };
  };
}
