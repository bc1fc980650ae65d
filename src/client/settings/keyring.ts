/** A place of the system that keeps secrets, each under the address it is for. Methods reject with `credentials-unusable`. */
export interface Keyring {
  /** In messages: `the keyring (secret-tool)`. */
  readonly name: string;
  read(address: string): Promise<string | undefined>;
  write(address: string, secret: string): Promise<void>;
  /** Nothing happens where there is none. */
  remove(address: string): Promise<void>;
}

/** Name under which keyrings keep what is Packyard's. */
export const SERVICE = 'packyard';
