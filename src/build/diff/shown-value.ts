import { isMapping } from '../../model/json-value.ts';
import { keyedValues } from '../../check/rules/secrets/keyed-values.ts';
import { isPlaceholder } from '../../check/rules/secrets/placeholder.ts';
import { secretsIn } from '../../check/rules/secrets/secrets-in.ts';
import type { ShownValue } from './registry-diff.ts';
import { keyOf } from './value-changes.ts';

/** Characters of a value that are shown. */
const LONGEST = 100;
/** Characters of one text in which secrets are looked for: no key is longer. */
const SCANNED = 65_536;
/** Shorter ones would be found in everything. */
const SHORTEST_SECRET = 8;

const HIDDEN = '***';

/** Shows values of documents with these texts; what is a secret anywhere in them is hidden. */
export interface ValueShower {
  /** `key` is what says what the value is. */
  show(value: unknown, key: string): ShownValue;
  /** A path, with asterisks for keys that are secrets. */
  path(parts: readonly (string | number)[]): readonly (string | number)[];
}

export function valueShower(texts: readonly string[]): ValueShower {
  // Some are told only by what stands next to them.
  const secrets = texts.flatMap((text) =>
    secretsIn(text)
      .map(({ start, end }) => text.slice(start, end))
      .filter((secret) => secret.length >= SHORTEST_SECRET),
  );
  const holdsSecret = (text: string): boolean =>
    secrets.some((secret) => text.includes(secret)) || secretsIn(text.slice(0, SCANNED)).length > 0;
  const isSecret = (value: unknown, key: string): boolean => {
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    const text = String(value);
    if (text === '') return false;
    return (namesSecret(key) && !isPlaceholder(text)) || holdsSecret(text) || holdsSecret(`${key}: ${text}`);
  };
  return {
    show(value, key) {
      if (isSecret(value, key)) return { text: HIDDEN, hidden: true };
      const writer = new Writer(isSecret, holdsSecret);
      writer.write(value, key);
      return { text: writer.text.length > LONGEST ? `${writer.text.slice(0, LONGEST - 1)}…` : writer.text };
    },
    path: (parts) => parts.map((part) => (typeof part === 'string' && holdsSecret(part) ? HIDDEN : part)),
  };
}

/** Whether a key says that its value is a secret. */
function namesSecret(key: string): boolean {
  return !keyedValues(`${key}: x`).next().done;
}

/** Writes JSON until there is enough of it: a value can be megabytes long. */
class Writer {
  text = '';
  readonly #isSecret: (value: unknown, key: string) => boolean;
  readonly #holdsSecret: (text: string) => boolean;

  constructor(isSecret: (value: unknown, key: string) => boolean, holdsSecret: (text: string) => boolean) {
    this.#isSecret = isSecret;
    this.#holdsSecret = holdsSecret;
  }

  write(value: unknown, key: string): void {
    if (this.text.length > LONGEST) return;
    if (this.#isSecret(value, key)) this.text += HIDDEN;
    else if (Array.isArray(value)) this.#list(value, key);
    else if (isMapping(value)) this.#mapping(value);
    else this.text += typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST + 1)) : String(value);
  }

  #list(items: readonly unknown[], key: string): void {
    this.text += '[';
    for (const [index, item] of items.entries()) {
      if (this.text.length > LONGEST) return;
      if (index > 0) this.text += ', ';
      this.write(item, key);
    }
    this.text += ']';
  }

  #mapping(mapping: Readonly<Record<string, unknown>>): void {
    this.text += '{';
    for (const [index, key] of Object.keys(mapping).entries()) {
      if (this.text.length > LONGEST) return;
      this.text += `${index > 0 ? ', ' : ''}${this.#holdsSecret(key) ? HIDDEN : JSON.stringify(key.slice(0, LONGEST + 1))}: `;
      this.write(mapping[key], keyOf(key, mapping));
    }
    this.text += '}';
  }
}
