type Present<T> = { readonly [Key in keyof T]?: NonNullable<T[Key]> };

/** The keys that have a value. */
export function optional<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
