/** How full the phone is. The browser's own figure is a guess (it said a gigabyte on a full disk), so ours is capped. */

import { photoBytes } from "./outbox";
import type { Store } from "./store";

const MOST_BYTES = 500 * 1024 * 1024;
const PHOTOS_STOP_AT = 0.8;

export interface Space {
  used: number;
  room: number;
  is_persisted: boolean;
  /** Photos stop here; text never does. */
  is_full: boolean;
}

export async function space(store: Store): Promise<Space> {
  const used = await photoBytes(store);
  const guess = await estimate();
  const room = Math.min(guess.quota ?? MOST_BYTES, MOST_BYTES);
  return { used, room, is_persisted: guess.is_persisted, is_full: Math.max(used, Math.min(guess.usage ?? 0, room)) > room * PHOTOS_STOP_AT && used > 0 };
}

export async function estimate(): Promise<{ usage?: number; quota?: number; is_persisted: boolean }> {
  try {
    const told = await navigator.storage.estimate();
    const is_persisted = (await navigator.storage.persisted?.()) ?? false;
    return { ...(told.usage === undefined ? {} : { usage: told.usage }), ...(told.quota === undefined ? {} : { quota: told.quota }), is_persisted };
  } catch {
    return { is_persisted: false };
  }
}

/** Asks the browser to keep what we store; most answer no, which costs nothing. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage.persist?.()) ?? false;
  } catch {
    return false;
  }
}
