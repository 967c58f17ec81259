/** A checklist on a visit: which items are asked, in walking order over all lists, and what is still missing. Pure. */

import type { Checklist, Item, ItemLevel, ShowIf } from "../wire";
import type { Answer, VisitData } from "./visit";

/** What the server sends is the list itself, or the list inside an envelope. */
export function readChecklist(content: unknown): Checklist {
  const outer = content as { checklist?: Checklist } & Checklist;
  return outer.checklist ?? outer;
}

/** One item where it stands in the visit. */
export interface Asked {
  key: string;
  list: Checklist;
  item: Item;
}

export interface Stretch {
  title: string;
  list: Checklist;
  asked: Asked[];
}

export const itemKey = (code: string, item: string): string => `${code}.${item}`;

/** All items of a visit's lists, list by list in walking order; items whose condition is not met are left out. */
export function stretches(lists: readonly Checklist[], answers: Readonly<Record<string, Answer>>): Stretch[] {
  return lists.flatMap((list) =>
    [...list.sections]
      .sort((a, b) => a.order - b.order)
      .map((section) => ({
        title: section.title,
        list,
        asked: list.items
          .filter((item) => item.section === section.title && isAsked(list.code, item.show_if, answers))
          .map((item) => ({ key: itemKey(list.code, item.key), list, item })),
      }))
      .filter((one) => one.asked.length > 0),
  );
}

function isAsked(code: string, show_if: ShowIf | null, answers: Readonly<Record<string, Answer>>): boolean {
  if (!show_if) return true;
  const value = answers[itemKey(code, show_if.item)]?.value ?? "";
  if (value === "") return false; // not answered yet: the question it hangs on comes first
  switch (show_if.op) {
    case "is":
      return value === show_if.value;
    case "is_not":
      return value !== show_if.value;
    case "at_least":
      return compare(value, show_if.value) >= 0;
    case "at_most":
      return compare(value, show_if.value) <= 0;
  }
}

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0; // days compare as text
}

export function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && answer.value.trim() !== "";
}

export function isGrave(level: ItemLevel): boolean {
  return level === "grave" || level === "suspected";
}

export function basisWords(item: Item): string {
  return item.basis.map((one) => one.law + one.article).join("；");
}

/** The next item without an answer, after the one given, then from the beginning; undefined when all are answered. */
export function nextUnanswered(asked: readonly Asked[], answers: Readonly<Record<string, Answer>>, after: string): Asked | undefined {
  const at = asked.findIndex((one) => one.key === after);
  const round = [...asked.slice(at + 1), ...asked.slice(0, at + 1)];
  return round.find((one) => !isAnswered(answers[one.key]));
}

/** Whether an item still wants a picture: only where the list demands one. */
export function wantsPhoto(one: Asked, data: VisitData, photographed: ReadonlySet<string>): boolean {
  const { photo } = one.item;
  const answer = data.answers[one.key];
  const is_demanded = photo === "required" || (photo === "on_fail" && answer?.value === "bad");
  if (!is_demanded || answer?.value === "na") return false;
  const findings = data.findings.filter((finding) => itemKey(finding.checklist, finding.item) === one.key);
  return !photographed.has(one.key) && !findings.some((finding) => photographed.has(finding.id));
}
