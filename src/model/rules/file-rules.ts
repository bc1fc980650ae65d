import type { LimitArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface FileRules {
  'file/symlink': { path: string };
  'file/submodule': { path: string };
  'file/not-portable': { path: string; reason: string };
  'file/case-collision': { path: string; other: string };
  'file/too-large': { path: string; size: number; limit: number };
  'file/too-many': { of: 'entries' | 'levels' | 'characters'; limit: number };
  'file/packignore': { reason: string };
  'file/pack-too-large': LimitArgs;
  'file/junk': { path: string };
  'file/large': { path: string; size: number; limit: number };
  'file/large-pack': { size: number; limit: number; largest: string };
  'file/executable': { path: string };
}
