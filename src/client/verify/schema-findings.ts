import { SCHEMA_NAMES, readSchema } from '../../check/schema-files.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { LIMITS } from '../../model/limits.ts';
import type { Verification } from './verification.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

const PATHS = new Map(SCHEMA_NAMES.map((name) => [`schemas/${name}.schema.json`, name]));

export function isSchemaPath(path: string): boolean {
  return PATHS.has(path);
}

/**
 * Schemas are for editors, and no hash leads to them: another Packyard may have built the registry with others, so that it
 * is a warning only where they are not those of this one.
 */
export async function schemaFindings(verification: Verification): Promise<VerifyFinding[]> {
  const found = await inParallel([...PATHS], verification.width, async ([path, name]) => {
    const [own, there] = await Promise.all([readSchema(name), published(verification, path)]);
    if (!(there instanceof Uint8Array)) return there.kind === 'missing' ? [] : [there];
    return own.equals(there) ? [] : [otherSchema(path, there)];
  });
  return found.flat();
}

function otherSchema(path: string, bytes: Uint8Array): VerifyFinding {
  if (!isJson(bytes)) return verifyFinding('document', path, 'is not JSON, or was cut off');
  const message =
    'is not the schema that this Packyard has: another version of it made the registry, or it was changed';
  return verifyFinding('schema', path, message);
}

async function published(verification: Verification, path: string): Promise<Uint8Array | VerifyFinding> {
  return verification.inSlot(async () => {
    try {
      const bytes = await verification.files.read(path, LIMITS.packJsonBytes);
      verification.count(bytes.byteLength);
      return bytes;
    } catch (error) {
      return verification.problemOf(error, path, LIMITS.packJsonBytes);
    }
  });
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
