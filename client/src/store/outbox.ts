/** Finished records on their way, and the receipts that let them go. */

import type { Receipt } from "../wire";
import type { Kept, Parcel, Photo, Thumb } from "./rows";
import type { Store } from "./store";

export const WARN_AFTER_DAYS = 3;
export const WARN_FROM = 50;

export interface Counts {
  waiting: number;
  attention: number;
}

export async function allParcels(store: Store): Promise<Parcel[]> {
  const rows = await store.read(["outbox"], (tx) => tx.objectStore("outbox").getAll());
  return rows.sort((a, b) => a.made_ms - b.made_ms);
}

export async function getParcel(store: Store, id: string): Promise<Parcel | undefined> {
  return store.read(["outbox"], (tx) => tx.objectStore("outbox").get(id));
}

/** Counts without reading bodies: the first screen stands on this. */
export async function counts(store: Store): Promise<Counts> {
  return store.read(["outbox"], async (tx) => {
    const state = tx.objectStore("outbox").index("state");
    const [waiting, attention] = await Promise.all([state.count("waiting"), state.count("attention")]);
    return { waiting, attention };
  });
}

/** Changes what is known about a parcel's way; its body and photos never change. */
export async function noteParcel(
  store: Store,
  id: string,
  change: Partial<Pick<Parcel, "state" | "is_text_sent" | "done" | "lost" | "tries" | "next_ms" | "why">>,
): Promise<Parcel | undefined> {
  return store.write(["outbox"], async (tx) => {
    const outbox = tx.objectStore("outbox");
    const row = await outbox.get(id);
    if (!row) return undefined;
    const next = { ...row, ...change };
    await outbox.put(next);
    return next;
  });
}

/** Somebody pressed "再试一次". */
export async function retryParcel(store: Store, id: string): Promise<void> {
  await noteParcel(store, id, { state: "waiting", tries: 0, next_ms: 0, why: "waiting", lost: [] });
}

/** The one place where evidence leaves the phone: together with the receipt, whose digest the caller has recomputed. */
export async function settle(store: Store, parcel: Parcel, receipt: Receipt): Promise<void> {
  const kept: Kept = {
    id: parcel.id,
    kind: parcel.kind,
    enterprise: parcel.enterprise,
    title: parcel.title,
    made_ms: parcel.made_ms,
    no: receipt.no,
    at_ms: receipt.at_ms,
    manifest_sha256: receipt.manifest_sha256,
    photos: parcel.attachments.length,
    got_ms: Date.now(),
  };
  await store.write(["receipts", "outbox", "photos"], async (tx) => {
    await tx.objectStore("receipts").put(kept);
    await tx.objectStore("outbox").delete(parcel.id);
    for (const one of parcel.attachments) await tx.objectStore("photos").delete(one.id);
  });
}

export async function photoOf(store: Store, id: string): Promise<Photo | undefined> {
  return store.read(["photos"], (tx) => tx.objectStore("photos").get(id));
}

export async function thumbsOf(store: Store, record: string): Promise<Thumb[]> {
  return store.read(["thumbs"], (tx) => tx.objectStore("thumbs").index("record").getAll(record));
}

/** The latest receipts, newest first. */
export async function latestReceipts(store: Store, most: number): Promise<Kept[]> {
  return store.read(["receipts"], async (tx) => {
    const found: Kept[] = [];
    let cursor = await tx.objectStore("receipts").index("got").openCursor(null, "prev");
    while (cursor && found.length < most) {
      found.push(cursor.value);
      cursor = await cursor.continue();
    }
    return found;
  });
}

export async function receiptOf(store: Store, id: string): Promise<Kept | undefined> {
  return store.read(["receipts"], (tx) => tx.objectStore("receipts").get(id));
}

/** How many bytes of pictures lie on the phone, drafts and outbox together; told by the rows, not by reading pictures. */
export async function photoBytes(store: Store): Promise<number> {
  return store.read(["drafts", "outbox"], async (tx) => {
    let sum = 0;
    for (const draft of await tx.objectStore("drafts").getAll()) for (const one of draft.photos) sum += one.size;
    for (const parcel of await tx.objectStore("outbox").getAll()) {
      for (const one of parcel.attachments) if (!parcel.done.includes(one.id)) sum += one.size;
    }
    return sum;
  });
}
