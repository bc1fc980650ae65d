/** Who is asked to review. A file of comments where nobody is named. */
export function codeOwners(owners: readonly string[]): string {
  const [packs, rest] =
    owners.length === 0
      ? ['# * @organisation/team', '# /.github/ @organisation/admins']
      : [`* ${owners.join(' ')}`, `/.github/ ${owners.join(' ')}`];
  return `# Who is asked to review what; the last line that fits a file counts.
# Let the rules of the main branch ask for their review: Settings → Rules.

# Packs and everything else. A line such as /packs/nginx-*/ @user gives a pack to whoever knows it.
${packs}

# What runs with the rights of this repository.
${rest}
`;
}
