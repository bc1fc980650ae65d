import type { MissingArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface RoleRules {
  'role/missing-directory': MissingArgs;
}
