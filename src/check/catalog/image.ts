import type { ImageRules } from '../../model/rules/image-rules.ts';
import type { Catalog } from './entry.ts';

export const IMAGE: Catalog<ImageRules> = {};
