/** Days and moments as people in the town say them. */

const TWO = (n: number): string => String(n).padStart(2, "0");

/** 2026-11-23 of the phone's own calendar. */
export function today(now = new Date()): string {
  return `${now.getFullYear()}-${TWO(now.getMonth() + 1)}-${TWO(now.getDate())}`;
}

/** The day `days` after a day. */
export function addDays(day: string, days: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return today(new Date(year, month - 1, date + days));
}

/** Whole days from one day to another; negative when the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** 11月23日; with the year where it is another one. */
export function dayWords(day: string, now = new Date()): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number) as [number, number, number];
  return `${year === now.getFullYear() ? "" : `${year}年`}${month}月${date}日`;
}

/** 09:41, with the day where it is not today. */
export function momentWords(at: number | string, now = new Date()): string {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return "";
  const clock = `${TWO(when.getHours())}:${TWO(when.getMinutes())}`;
  return today(when) === today(now) ? clock : `${dayWords(today(when), now)} ${clock}`;
}

/** What a due date means today: 今天, 还有3天, 超过2天. */
export function dueWords(day: string, now = new Date()): string {
  const left = daysBetween(today(now), day);
  if (left === 0) return "今天到期";
  return left > 0 ? `还有${left}天` : `超过${-left}天`;
}

/** 2026-11-23T09:41, what an input of type datetime-local takes. */
export function localInput(ms: number): string {
  const when = new Date(ms);
  return `${today(when)}T${TWO(when.getHours())}:${TWO(when.getMinutes())}`;
}
