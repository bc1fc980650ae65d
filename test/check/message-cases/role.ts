import type { RoleRules } from '../../../src/model/rules/role-rules.ts';
import type { Cases } from './case.ts';

const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';

export const ROLE: Cases<RoleRules> = {
  'role/missing-directory': [{ args: { path: 'r' }, text: 'the role "r" is not in the pack', hint: ADD_IT }],
};
