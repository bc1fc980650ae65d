/** `hello-world` → `Hello World`. */
export function displayNameOf(name: string): string {
  const words = name.split(/[-_.]+/u).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
