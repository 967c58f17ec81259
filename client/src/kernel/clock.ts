/** The phone's clock as it is, and what is known about how wrong it is. The raw reading is never overwritten. */

import type { Clock } from "../wire";
import { uuid } from "./uuid";

/** One contact with the server: when by the phone's wall clock, and by how much that was ahead. */
export interface Sample {
  wall_ms: number;
  offset_ms: number;
}

/** From here on people are told, and the server flags. */
export const SKEW_ALARM_MS = 10 * 60_000;
const KEPT = 40;
const session = uuid();

/** What goes into a record: wall and steady clock together show whether the wall clock was moved while the page lived. */
export function reading(samples: readonly Sample[]): Clock {
  const wall_ms = Date.now();
  return {
    wall_ms,
    mono_ms: Math.round(performance.timeOrigin + performance.now()),
    session,
    zone_min: -new Date().getTimezoneOffset(),
    offset_ms: offsetAt(samples, wall_ms),
  };
}

/** The offset of the sample nearest in time; null before any contact ("未校时"). */
export function offsetAt(samples: readonly Sample[], wall_ms: number): number | null {
  let best: Sample | undefined;
  for (const one of samples) {
    if (!best || Math.abs(one.wall_ms - wall_ms) < Math.abs(best.wall_ms - wall_ms)) best = one;
  }
  return best ? best.offset_ms : null;
}

/** Adds a sample taken between two readings of the phone's clock; half the journey is assumed to be the way back. */
export function sampled(samples: readonly Sample[], sent_ms: number, got_ms: number, server_ms: number): Sample[] {
  const wall_ms = Math.round((sent_ms + got_ms) / 2);
  const offset_ms = wall_ms - server_ms;
  const last = samples[samples.length - 1];
  const says_the_same = last && Math.abs(last.offset_ms - offset_ms) < 2_000 && wall_ms - last.wall_ms < 30 * 60_000 && wall_ms >= last.wall_ms;
  return says_the_same ? [...samples] : [...samples, { wall_ms, offset_ms }].slice(-KEPT);
}
