/** When to try again, and in which order. Pure: tested by node. */

import type { Parcel } from "../store/rows";

const CAP_S = 300;
/** A next try further ahead than this was computed by a clock that has been put back since. */
const CLOCK_WENT_BACK_MS = 3_600_000;

/** Milliseconds until the next try: 2ⁿ s up to five minutes, each phone at another moment; what the server asks for counts more. */
export function backoff(tries: number, random: number, after_s = 0): number {
  const s = Math.min(CAP_S, 2 ** Math.min(tries, 9)) * (0.5 + random);
  return Math.round(Math.max(s, after_s) * 1000);
}

export function isDue(parcel: Pick<Parcel, "state" | "next_ms">, now: number): boolean {
  return parcel.state === "waiting" && (parcel.next_ms <= now || parcel.next_ms > now + CLOCK_WENT_BACK_MS);
}

export interface Step {
  parcel: Parcel;
  part: "text" | "photos";
}

/** Accidents whole, then everybody's text, then photos oldest first. `tried` keeps one run from trying a parcel's part twice. */
export function nextStep(parcels: readonly Parcel[], tried: ReadonlySet<string>, now: number): Step | undefined {
  const open = parcels.filter((one) => isDue(one, now)).sort((a, b) => a.made_ms - b.made_ms);
  const steps: Step[] = [
    ...open.filter((one) => one.is_urgent).flatMap((parcel): Step[] => [{ parcel, part: "text" }, { parcel, part: "photos" }]),
    ...open.map((parcel): Step => ({ parcel, part: "text" })),
    ...open.map((parcel): Step => ({ parcel, part: "photos" })),
  ];
  return steps.find((step) => (step.part === "text" ? !step.parcel.is_text_sent : step.parcel.is_text_sent) && !tried.has(stepKey(step)));
}

export function stepKey(step: Step): string {
  return `${step.parcel.id} ${step.part}`;
}

export const CHUNK = 256 * 1024;
export const CHUNK_FLOOR = 32 * 1024;

/** How large a chunk may be: halved where it is too much for the way, doubled again when it goes fast. */
export class Pace {
  size = CHUNK;
  private slow = 0;

  tooLarge(): boolean {
    if (this.size <= CHUNK_FLOOR) return false;
    this.size = Math.max(CHUNK_FLOOR, this.size / 2);
    return true;
  }

  timedOut(): void {
    if (++this.slow >= 2) {
      this.slow = 0;
      this.tooLarge();
    }
  }

  went(took_ms: number): void {
    this.slow = 0;
    if (took_ms < 3_000) this.size = Math.min(CHUNK, this.size * 2);
  }
}
