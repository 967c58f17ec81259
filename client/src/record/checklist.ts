/** A checklist on a visit: which items are asked, in walking order over all lists, and what is still missing. Pure. */

import type { Checklist, Item, ItemLevel, ShowIf } from "../wire";
import type { Answer, VisitData } from "./visit";

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
  return lists.flatMap((list) => {
    const asked = askedOf(list, answers);
    return [...list.sections]
      .sort((a, b) => a.order - b.order)
      .map((section) => ({
        title: section.title,
        list,
        asked: asked.filter((item) => item.section === section.title).map((item) => ({ key: itemKey(list.code, item.key), list, item })),
      }))
      .filter((one) => one.asked.length > 0);
  });
}

/** An item with a condition is asked only where the earlier item was itself asked and its answer fits. */
function askedOf(list: Checklist, answers: Readonly<Record<string, Answer>>): Item[] {
  const asked = new Set<string>();
  return list.items.filter(({ key, show_if }) => {
    const is_asked = !show_if || (asked.has(show_if.item) && fits(show_if, answers[itemKey(list.code, show_if.item)]?.value ?? ""));
    if (is_asked) asked.add(key);
    return is_asked;
  });
}

function fits(show_if: ShowIf, value: string): boolean {
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
