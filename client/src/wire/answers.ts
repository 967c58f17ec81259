/** What the town answers. */

import type { Kind } from "./records";
import type { User } from "./town";

export interface Device {
  id: string;
  name: string;
  state: "active" | "retired" | "revoked";
}

export interface Session {
  ok: true;
  user: User & { post: string };
  device: Device | null;
  min_app: string;
  /** False: known by the device credential alone. */
  signed_in: boolean;
  server_time: number;
}

export interface Receipt {
  no: number;
  at_ms: number;
  manifest_sha256: string;
}

export interface Standing {
  ok: true;
  id: string;
  state: "stored" | "complete";
  missing: { id: string; offset: number; size: number }[];
  receipt: Receipt | null;
  flags: { code: string; words: string }[];
}

export interface Progress {
  ok: true;
  id: string;
  offset: number;
  size: number;
  state: "expected" | "partial" | "complete";
  receipt?: Receipt | null;
}

export interface Pending {
  kind: Kind;
  id: string;
  made_ms: number;
}

export interface Beat {
  ok: true;
  lost: Pending[];
  /** The same person's other browsers with something still on them. */
  others: { name: string; pending: number }[];
  revoked: boolean;
  wipe: boolean;
  notices: { tone: string; say: string }[];
}
