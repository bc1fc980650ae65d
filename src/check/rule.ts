import type { Finding } from '../model/finding.ts';
import type { Pack } from '../pack/pack.ts';

/** Looks at one pack and says what is wrong with it; files of its findings are relative to the pack. */
export type PackRule = (pack: Pack) => Iterable<Finding> | Promise<Iterable<Finding>>;
