import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** In which way a document does not list the packs that the index has, each once. */
export function membershipFindings(
  names: readonly string[],
  isInIndex: (name: string) => boolean,
  wanted: readonly string[],
  path: string,
): VerifyFinding[] {
  const listed = new Set<string>();
  const findings: VerifyFinding[] = [];
  const add = (name: string, message: string): void => {
    findings.push(verifyFinding('disagreement', path, message, { place: `packs[${JSON.stringify(name)}]` }));
  };
  for (const name of names) {
    if (listed.has(name)) add(name, 'is listed twice');
    else if (!isInIndex(name)) add(name, 'is listed, though the index has no such pack');
    listed.add(name);
  }
  for (const name of wanted) if (!listed.has(name)) add(name, 'is not listed, though the index has it');
  return findings;
}
