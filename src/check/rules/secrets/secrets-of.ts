import type { Finding, Place } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintPack } from '../../lint-pack.ts';
import { keyCharacters } from './confirm.ts';
import { redactedPlace } from './redacted-place.ts';
import { scannedTexts, type ScannedText } from './scanned-texts.ts';
import { secretsIn, type Secret } from './secrets-in.ts';

interface Scanned extends ScannedText {
  readonly secrets: readonly Secret[];
}

/** Characters of a secret that may be told, and of a path in an archive. */
const SHOWN = 4;
const LONGEST_PATH = 200;

/** What is looked at of one pack: the largest of 130 real ones has 2.5 million characters, and two secrets. */
const MOST = { characters: 33_554_432, secrets: 1000 };

/** Every rule looks at the same secrets; they are forgotten with the pack. */
const KNOWN = new WeakMap<LintPack, readonly Scanned[]>();

/** The secrets that one rule is about, each once: the values of a pack repeat those of its charts, and of their copies. */
export function* secretsOf(pack: LintPack, rule: Secret['rule']): Generator<Finding> {
  const seen = new Set<string>();
  for (const scanned of scannedOnce(pack)) {
    for (const secret of scanned.secrets) {
      const value = scanned.text.slice(secret.start, secret.end);
      const characters = rule === 'secrets/private-key' ? keyCharacters(value) : value;
      if (secret.rule !== rule || seen.has(characters)) continue;
      seen.add(characters);
      yield describe(secret, value, scanned);
    }
  }
}

function scannedOnce(pack: LintPack): readonly Scanned[] {
  const known = KNOWN.get(pack) ?? scan(pack);
  KNOWN.set(pack, known);
  return known;
}

function scan(pack: LintPack): Scanned[] {
  const found: Scanned[] = [];
  let [characters, count] = [0, 0];
  for (const text of scannedTexts(pack)) {
    characters += text.text.length;
    if (characters > MOST.characters || count > MOST.secrets) break;
    const secrets = secretsIn(text.text, text.file.endsWith('.md'));
    count += secrets.length;
    if (secrets.length > 0) found.push({ ...text, secrets });
  }
  return found;
}

function describe(secret: Secret, value: string, scanned: Scanned): Finding {
  const { rule, kind } = secret;
  const { file } = scanned;
  const inside = scanned.inside === undefined ? {} : { inside: scanned.inside.slice(0, LONGEST_PATH) };
  const place = placeOf(secret, scanned);
  const where = place === undefined ? {} : { place };
  const shown = { start: value.slice(0, SHOWN), length: value.length };
  if (rule === 'secrets/private-key') return findingOf(rule, file, { kind, length: value.length, ...inside }, where);
  if (rule === 'secrets/high-entropy') return findingOf(rule, file, { key: kind, ...shown, ...inside }, where);
  return findingOf(rule, file, { kind, ...shown, ...inside }, where);
}

/** A line in an archive is no line of the file that the finding is about. */
function placeOf({ from, end }: Secret, { text, inside, secrets }: Scanned): Place | undefined {
  return inside === undefined ? redactedPlace(text, { start: from, end }, secrets) : undefined;
}
