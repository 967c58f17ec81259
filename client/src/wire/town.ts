/** What the town gives the phone for the day: the bundle, the checklists. */

import type { Finding } from "./records";

export interface User {
  id: number;
  name: string;
  office: string;
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
  /** A few characters for small places: 消防. */
  short?: string;
  /** Problem category of its failed items. */
  category?: string;
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
  accident_kinds: (Term & { hint?: string })[];
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
