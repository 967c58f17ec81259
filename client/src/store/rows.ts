/** The rows of the phone's database, one database a person: `field-<account id>`. */

import type { DBSchema } from "idb";
import type { Sample } from "../kernel/clock";
import type { Attachment, Beat, Bundle, Checklist, Device, Kind, Pending, Place, Role, User } from "../wire";

export const VERSION = 1;
export const STORES = ["meta", "bundle", "templates", "drafts", "photos", "thumbs", "outbox", "receipts", "pending_capture"] as const;
export type StoreName = (typeof STORES)[number];

/** A picture of a draft or a record; its bytes lie in `photos` under the same id. */
export interface PhotoRef {
  id: string;
  sha256: string;
  size: number;
  type: string;
  role: Role;
  made_ms: number;
  /** Which place of the draft it belongs to: "" the whole record, an item's key, a finding's id. */
  where: string;
}

/** Work begun and not finished. Kept at every answer; `rev` grows, so that two tabs cannot overwrite each other unseen. */
export interface Draft<Data extends object = object> {
  id: string;
  kind: Kind;
  enterprise: number | null;
  title: string;
  made_ms: number;
  touched_ms: number;
  rev: number;
  place: Place | null;
  photos: PhotoRef[];
  data: Data;
  /** Address of the screen to come back to. */
  at: string;
}

export interface Photo {
  id: string;
  record: string;
  bytes: ArrayBuffer;
  sha256: string;
  size: number;
  type: string;
  role: Role;
  made_ms: number;
}

export interface Thumb {
  id: string;
  record: string;
  url: string;
  made_ms: number;
}

/** A finished record on its way: body frozen, order by the time it was finished. */
export interface Parcel {
  id: string;
  kind: Kind;
  enterprise: number | null;
  title: string;
  made_ms: number;
  is_urgent: boolean;
  body: ArrayBuffer;
  sha256: string;
  attachments: Attachment[];
  /** "waiting" goes by itself; "attention" needs a person. */
  state: "waiting" | "attention";
  /** The text is with the town; photos may be on their way. */
  is_text_sent: boolean;
  /** Photos the town has completely. */
  done: string[];
  /** Photos that could not be read on this phone any more. */
  lost: string[];
  tries: number;
  next_ms: number;
  why: string;
}

export interface Kept {
  id: string;
  kind: Kind;
  enterprise: number | null;
  title: string;
  made_ms: number;
  no: number;
  at_ms: number;
  manifest_sha256: string;
  photos: number;
  got_ms: number;
}

export interface Capture {
  key: "now";
  draft: string;
  at: string;
  opened_ms: number;
  restarts: number;
}

export interface Verdict {
  at_ms: number;
  results: Record<string, { ok: boolean; note: string }>;
}

/** What `meta` holds, each under its own key. */
export interface Meta {
  user: User;
  device: Device;
  /** Made with the database: a new one tells the town that the old one was emptied. */
  epoch: string;
  samples: Sample[];
  paused: { why: "sign_in" | "other_user"; at_ms: number; name: string };
  min_app: string;
  beat: { at_ms: number; pending: string };
  lost: Pending[];
  others: Beat["others"];
  notices: Beat["notices"];
  revoked: { wipe: boolean };
  self_test: Verdict;
  lease: { owner: string; until_ms: number };
  synced_ms: number;
  /** Whether the person said that this is not a phone of theirs. */
  not_mine: boolean;
}

export interface Field extends DBSchema {
  meta: { key: string; value: { key: string; value: unknown } };
  bundle: { key: string; value: { key: "current"; etag: string; got_ms: number; bundle: Bundle } };
  templates: { key: string; value: { sha256: string; content: Checklist; got_ms: number } };
  drafts: { key: string; value: Draft };
  photos: { key: string; value: Photo; indexes: { record: string } };
  thumbs: { key: string; value: Thumb; indexes: { record: string } };
  outbox: { key: string; value: Parcel; indexes: { state: string } };
  receipts: { key: string; value: Kept; indexes: { got: number } };
  pending_capture: { key: string; value: Capture };
}
