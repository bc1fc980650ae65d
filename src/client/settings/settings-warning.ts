/** Something in the settings that their owner should know, though they can be used. */
export interface SettingsWarning {
  readonly message: string;
  readonly hint?: string;
}
