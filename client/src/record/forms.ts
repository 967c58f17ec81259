/** The smaller records while they are filled in, and the body each becomes. Pure. */

import type { PhotoRef } from "../store/rows";
import type { Alert, Batch, Errand } from "../wire";

export interface DemandData {
  title: string;
  text: string;
  topic: string;
  told_ms: number;
  contact_name: string;
}

export interface ContactData {
  way: string;
  text: string;
  with_name: string;
  wants_demand: boolean;
}

export interface MeetingData {
  topic: string;
  topics: string[];
  held_ms: number;
  where: string;
  text: string;
  attendance: { enterprise: number; attended: boolean; name: string }[];
}

export interface PublicityData {
  batch: number;
  receipts: { enterprise: number; way: string; name: string }[];
}

export interface AlertData {
  alert: number;
  replies: { enterprise: number; state: string; note: string; at_ms: number }[];
}

export interface TaskData {
  task: number;
  note: string;
  external_done: boolean;
}

export interface AccidentData {
  what: string;
  happened_ms: number;
  where: string;
  casualties: string;
  text: string;
  called: boolean;
}

export interface FactsData {
  changes: Record<string, string>;
  reason: string;
}

export type FormKind = "demand" | "contact" | "meeting" | "publicity" | "alert" | "task" | "accident" | "facts";

export interface FormData {
  demand: DemandData;
  contact: ContactData;
  meeting: MeetingData;
  publicity: PublicityData;
  alert: AlertData;
  task: TaskData;
  accident: AccidentData;
  facts: FactsData;
}

export function blank<Kind extends FormKind>(kind: Kind, about: Alert | Batch | Errand | undefined): FormData[Kind] {
  const now = Date.now();
  const made: FormData = {
    demand: { title: "", text: "", topic: "", told_ms: now, contact_name: "" },
    contact: { way: "", text: "", with_name: "", wants_demand: false },
    meeting: { topic: "", topics: [], held_ms: now, where: "", text: "", attendance: [] },
    publicity: { batch: about?.id ?? 0, receipts: [] },
    alert: { alert: about?.id ?? 0, replies: [] },
    task: { task: about?.id ?? 0, note: "", external_done: false },
    accident: { what: "", happened_ms: now, where: "", casualties: "unknown", text: "", called: false },
    facts: { changes: {}, reason: "" },
  };
  return made[kind];
}

/** The `data` of the record: what was filled in, with the pictures where the protocol wants them. */
export function formBody(kind: FormKind, data: object, photos: readonly PhotoRef[]): object {
  const of = (where: string): string[] => photos.filter((one) => one.where === where).map((one) => one.id);
  if (kind === "publicity") {
    const { batch, receipts } = data as PublicityData;
    return { batch, receipts: receipts.map((one) => ({ ...one, photos: of(`e${one.enterprise}`) })) };
  }
  if (kind === "alert") {
    const { alert, replies } = data as AlertData;
    return { alert, replies: replies.map((one) => ({ ...one, photos: of(`e${one.enterprise}`) })) };
  }
  return kind === "facts" || kind === "contact" ? data : { ...data, photos: of("") };
}

/** What cannot be left out of a form, in words; "" when it may go. */
export function lacks(kind: FormKind, data: object): string {
  switch (kind) {
    case "demand":
      return (data as DemandData).text.trim() ? "" : "写一句企业说了什么";
    case "contact": {
      const { way, text } = data as ContactData;
      return !way ? "选一下是怎样联系的" : text.trim() ? "" : "写一句说了什么";
    }
    case "meeting": {
      const { topic, topics, attendance } = data as MeetingData;
      if (!topic.trim() && topics.length === 0) return "写一下会议主题";
      return attendance.some((one) => one.attended) ? "" : "勾上到会的企业";
    }
    case "publicity":
      return (data as PublicityData).receipts.length > 0 ? "" : "先记一家怎样送到的";
    case "alert":
      return (data as AlertData).replies.length > 0 ? "" : "先记一家通知的结果";
    case "task": {
      const { note, external_done } = data as TaskData;
      return note.trim() || external_done ? "" : "写一句办得怎样";
    }
    case "accident":
      return (data as AccidentData).what ? "" : "选一下是什么事";
    case "facts":
      return Object.keys((data as FactsData).changes).length > 0 ? "" : "先改一项";
  }
}

/** Puts one firm's row into a list of rows, or takes it out where `row` is undefined. */
export function withRow<Row extends { enterprise: number }>(rows: readonly Row[], enterprise: number, row: Row | undefined): Row[] {
  const others = rows.filter((one) => one.enterprise !== enterprise);
  return row ? [...others, row] : others;
}
