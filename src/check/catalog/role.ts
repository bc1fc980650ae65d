import type { RoleRules } from '../../model/rules/role-rules.ts';
import type { Catalog } from './entry.ts';
import { missing } from './words.ts';

export const ROLE: Catalog<RoleRules> = {
  'role/missing-directory': {
    title: 'A listed Ansible role is missing',
    severity: 'error',
    message: (args) => missing('role', args),
  },
};
