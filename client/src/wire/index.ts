/** What travels between phone and town, as docs/field-protocol.md says it. Names here are the protocol's. */

export * from "./records";
export * from "./town";
export * from "./answers";
