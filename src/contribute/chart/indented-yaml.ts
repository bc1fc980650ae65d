/**
 * A YAML text moved to the right, as it stands below a key: every line that holds anything, so that comments, block
 * scalars and whatever else keep their places to each other.
 */
export function indentedYaml(text: string, spaces: number): string {
  const indent = ' '.repeat(spaces);
  // Other separators of lines are characters like any other to YAML.
  return text.replaceAll(/(?<![^\n])(?=[^\n])/gu, indent);
}
