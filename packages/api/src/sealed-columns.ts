/** A column that holds texts of the keyring. Its id column is what they are bound to. */
export type SealedColumn = { readonly table: string; readonly column: string; readonly id: string };

/** Every column that the keyring encrypts, a line each: what stands here is brought to a new key when there is one. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: "totp_factor", column: "secret", id: "id" },
  { table: "sync_source", column: "secret", id: "id" },
];
