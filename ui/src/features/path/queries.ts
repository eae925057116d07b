import { Query, REST } from "../../rpc/query.svelte";

export const pathOf = (resident: string): Query<"path"> =>
  new Query("path", { resident }, ["path", "session"], REST);

/** Costs the device most of all. */
export const lifeOf = (resident: string): Query<"life"> =>
  new Query("life", { resident }, ["path", "session"], REST);
