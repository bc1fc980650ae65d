import type { ImageRules } from '../../../src/model/rules/image-rules.ts';
import type { Cases } from './case.ts';

export const IMAGE: Cases<ImageRules> = {};
