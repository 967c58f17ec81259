/** Records and what is in them. */

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
  /** The question as it was asked, so that the record can be read without the list. */
  item_text: string;
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
