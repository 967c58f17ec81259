/** A visit while it is being made: what the draft holds, and the body it becomes. Pure. */

import { uuid } from "../kernel/uuid";
import type { Checklist, Finding, FindingEvent, Firm, Nature, OpenFinding } from "../wire";
import type { PhotoRef } from "../store/rows";
import { itemKey, isAnswered, stretches, wantsPhoto, type Asked } from "./checklist";
import { today } from "../kernel/dates";

export interface Answer {
  value: string;
  note: string;
}

export interface Acknowledgement {
  how: "" | "signature" | "refused" | "absent";
  name: string;
  reason: string;
  /** Strokes as drawn; turned into a picture when the visit is finished. */
  strokes: unknown[];
}

export interface VisitData {
  nature: string;
  started_ms: number;
  exception: string;
  joint_with: number[];
  sets: { code: string; sha256: string }[];
  answers: Record<string, Answer>;
  findings: Finding[];
  events: FindingEvent[];
  acknowledgement: Acknowledgement;
  summary: string;
  status: string;
}

export function newVisit(firm: Firm, lists: readonly { code: string; sha256: string }[]): VisitData {
  return {
    nature: "",
    started_ms: Date.now(),
    exception: "",
    joint_with: [],
    sets: lists.filter((one) => firm.checklists.includes(one.code)).map(({ code, sha256 }) => ({ code, sha256 })),
    answers: {},
    findings: [],
    events: [],
    acknowledgement: { how: "", name: "", reason: "", strokes: [] },
    summary: "",
    status: "",
  };
}

/** The quiet days a day lies in, if the visit's nature minds them. */
export function quietOn(firm: Firm, nature: Nature | undefined, day = today()): { from: string; to: string } | undefined {
  if (nature && nature.guarded === false) return undefined;
  return firm.quiet.find((one) => one.from <= day && day <= one.to);
}

/** An open finding that is probably the same thing: of the same item, else of the same category. */
export function similar(firm: Firm, code: string, item: string, category: string, taken: readonly string[]): OpenFinding | undefined {
  const open = firm.open_findings.filter((one) => !taken.includes(one.id));
  return open.find((one) => one.checklist === code && one.item === item) ?? open.find((one) => item === "" && category !== "" && one.category === category);
}

export function newFinding(code: string, item: string, item_text: string, category: string): Finding {
  return {
    id: uuid(),
    checklist: code,
    item,
    item_text,
    category,
    level: "",
    text: "",
    photos: [],
    advice: "",
    deadline: null,
    fixed_on_spot: false,
    repeat_of: null,
    is_problem: false,
    stop: null,
    place_text: "",
  };
}

export interface Missing {
  /** Cannot be left out. */
  must: boolean;
  words: string;
  /** Where to put it right: a part of the visit's address. */
  at: string;
}

/** What a visit still lacks, most important first. Only what makes it no record at all cannot be left out. */
export function missing(data: VisitData, lists: readonly Checklist[], photos: readonly PhotoRef[]): Missing[] {
  const found: Missing[] = [];
  const asked = stretches(lists, data.answers).flatMap((one) => one.asked);
  const photographed = new Set(photos.map((one) => one.where));
  if (!data.nature) found.push({ must: true, words: "这次是什么性质的走访，还没有选", at: "" });
  for (const finding of data.findings) {
    const what = asked.find((one) => one.key === itemKey(finding.checklist, finding.item));
    if (!finding.text.trim()) found.push({ must: true, words: `有一处问题还没写是什么${what ? `：${what.item.text}` : ""}`, at: `problem/${finding.id}` });
    else if (!finding.level) found.push({ must: true, words: `问题还没有选一般或疑似重大：${finding.text}`, at: `problem/${finding.id}` });
  }
  if (!data.acknowledgement.how) found.push({ must: true, words: "企业代表签字、拒签或不在场，还没有选", at: "sign" });
  const wanted = asked.filter((one) => wantsPhoto(one, data, photographed));
  for (const one of wanted) found.push({ must: false, words: `这一项要拍照作依据：${one.item.text}`, at: `item/${one.key}` });
  const open = unanswered(asked, data);
  if (open.length > 0) found.push({ must: false, words: `还有${open.length}项没有回答`, at: `item/${open[0]!.key}` });
  return found;
}

export function unanswered(asked: readonly Asked[], data: VisitData): Asked[] {
  return asked.filter((one) => !isAnswered(data.answers[one.key]));
}

/** The `data` of the record, as the protocol says it. */
export function visitBody(data: VisitData, lists: readonly Checklist[], photos: readonly PhotoRef[], finished_ms: number): object {
  const of = (where: string): string[] => photos.filter((one) => one.where === where && one.role === "photo").map((one) => one.id);
  const signature = photos.find((one) => one.role === "signature");
  const { how, name, reason } = data.acknowledgement;
  return {
    nature: data.nature,
    started_ms: data.started_ms,
    finished_ms,
    exception: data.exception,
    joint_with: data.joint_with,
    checklists: data.sets.map((set) => ({
      ...set,
      answers: listAnswers(
        lists.find((one) => one.code === set.code),
        data,
        of,
      ),
    })),
    findings: data.findings.map((one) => ({ ...one, photos: of(one.id) })),
    events: data.events.map((one) => ({ ...one, photos: of(one.id) })),
    acknowledgement: { how, name, reason, attachment: how === "signature" && signature ? signature.id : null },
    summary: data.summary,
    status: data.status,
    facts: {},
  };
}

function listAnswers(list: Checklist | undefined, data: VisitData, of: (where: string) => string[]): object[] {
  if (!list) return [];
  return stretches([list], data.answers)
    .flatMap((one) => one.asked)
    .filter((one) => isAnswered(data.answers[one.key]) || data.answers[one.key]?.note || of(one.key).length > 0)
    .map(({ key, item }) => ({
      item: item.key,
      repeat: 0,
      value: data.answers[key]?.value ?? "",
      note: data.answers[key]?.note ?? "",
      text: item.text,
      photos: of(key),
    }));
}
