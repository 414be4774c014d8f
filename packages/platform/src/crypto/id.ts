import { uuidv7 } from "uuidv7";

/** A new UUIDv7: sortable by creation, so that primary keys stay dense in their index. */
export const newId = (): string => uuidv7();
