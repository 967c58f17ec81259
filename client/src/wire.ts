/** What travels between phone and town, as docs/field-protocol.md says it. Names here are the protocol's. */

export const APP = "1";

export type Kind =
  | "visit"
  | "finding_event"
  | "demand"
  | "contact"
  | "meeting"
  | "publicity"
  | "alert"
  | "task"
  | "accident"
  | "facts"
  | "amendment";

export interface Clock {
  wall_ms: number;
  mono_ms: number;
  session: string;
  zone_min: number;
  offset_ms: number | null;
}

export interface Place {
  lat: number;
  lng: number;
  accuracy_m: number;
  source: string;
  age_s: number;
}

export type Role = "photo" | "signature" | "file";

export interface Attachment {
  id: string;
  sha256: string;
  size: number;
  type: string;
  role: Role;
  made_ms: number;
}

export interface Body {
  v: 1;
  kind: Kind;
  id: string;
  by: number;
  device: string;
  app: string;
  clock: Clock;
  enterprise: number | null;
  place: Place | null;
  attachments: Attachment[];
  data: object;
}

export interface Stop {
  told_name: string;
  told_at_ms: number;
  how: string;
  result: "stopped" | "refused" | "";
  why_not: string;
}

export type Level = "minor" | "grave" | "major" | "";

export interface Finding {
  id: string;
  checklist: string;
  item: string;
  category: string;
  level: Level;
  text: string;
  photos: string[];
  advice: string;
  deadline: string | null;
  fixed_on_spot: boolean;
  repeat_of: string | null;
  is_problem: boolean;
  stop: Stop | null;
  place_text: string;
}

export interface FindingEvent {
  id: string;
  finding: string;
  base_version: number;
  kind: "advised" | "rectified_claim" | "recheck_pass" | "recheck_fail" | "transferred" | "extended" | "closed" | "reopened";
  text: string;
  photos: string[];
  until: string | null;
  made_ms: number;
}

export interface Term {
  code: string;
  name: string;
}

export interface Nature extends Term {
  guarded?: boolean;
}

export interface OpenFinding extends Finding {
  version: number;
  state: string;
  state_name?: string;
  due: string | null;
  found?: string;
  events: { kind: string; name?: string; at: string; text: string }[];
}

export interface Duty {
  duty: string;
  title: string;
  due: string;
  state: string;
}

export interface Person {
  name: string;
  duty: string;
  phone_mask: string;
  call: string;
}

export interface Firm {
  id: number;
  name: string;
  short: string;
  address: string;
  community: string;
  park: string;
  status: string;
  tags: string[];
  is_key: boolean;
  scale: string;
  contacts: Person[];
  code: string;
  checklists: string[];
  last_visits: { at: string; by: string; nature: string }[];
  quiet: { from: string; to: string }[];
  open_findings: OpenFinding[];
  due: Duty[];
  planned: { id?: number; office: string; office_id?: number; on: string; what: string }[];
}

export interface ListRef {
  code: string;
  title: string;
  sha256: string;
  number: number;
  is_draft: boolean;
}

export interface Alert {
  id: number;
  title: string;
  level: string;
  from: string;
  until: string;
  text: string;
  enterprises: { id: number; state: string }[];
}

export interface Batch {
  id: number;
  title: string;
  text: string;
  due: string | null;
  enterprises: { id: number; done: boolean }[];
}

export interface Errand {
  id: number;
  title: string;
  text: string;
  due: string | null;
  enterprise: number | null;
  is_external: boolean;
}

export interface Bundle {
  etag: string;
  made_at: string;
  valid_until: string;
  user: User;
  town: { id: number; name: string; is_demo?: boolean };
  emergency: { name: string; phone: string }[];
  enterprises: Firm[];
  checklists: ListRef[];
  categories: Term[];
  natures: Nature[];
  topics: Term[];
  quiet_exceptions: Term[];
  accident_kinds: Term[];
  alerts: Alert[];
  batches: Batch[];
  tasks: Errand[];
  meeting_topics: Term[];
  phrases: string[];
  terms: Record<string, Term[]>;
}

export type ItemLevel = "grave" | "suspected" | "minor" | "hint" | "none";

export interface ShowIf {
  item: string;
  op: "is" | "is_not" | "at_least" | "at_most";
  value: string;
}

/** One version of a list as the town publishes it: flat items naming their section, both in walking order. */
export interface Item {
  key: string;
  section: string;
  text: string;
  hint: string;
  basis: { law: string; article: string; as_of: string | null; to_check: boolean }[];
  answer: "yn" | "number" | "text" | "choice" | "date";
  choices: { code: string; label: string }[];
  level: ItemLevel;
  photo: "none" | "optional" | "on_fail" | "required";
  place: boolean;
  days: number | null;
  show_if: ShowIf | null;
  required: boolean;
}

export interface Checklist {
  code: string;
  annex: string;
  title: string;
  number: number;
  is_draft: boolean;
  sections: { title: string; order: number }[];
  items: Item[];
}

export interface User {
  id: number;
  name: string;
  office: string;
}

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
