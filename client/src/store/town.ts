/** What the town gave the phone for the day: the bundle and the checklists it names. */

import type { Bundle, Checklist } from "../wire";
import type { Store } from "./store";

export interface Held {
  etag: string;
  got_ms: number;
  bundle: Bundle;
}

export async function heldBundle(store: Store): Promise<Held | undefined> {
  return store.read(["bundle"], (tx) => tx.objectStore("bundle").get("current"));
}

export async function keepBundle(store: Store, bundle: Bundle, etag: string): Promise<void> {
  await store.write(["bundle"], (tx) => tx.objectStore("bundle").put({ key: "current", etag, got_ms: Date.now(), bundle }));
}

export async function heldChecklists(store: Store): Promise<string[]> {
  return store.read(["templates"], (tx) => tx.objectStore("templates").getAllKeys());
}

export async function keepChecklist(store: Store, sha256: string, content: Checklist): Promise<void> {
  await store.write(["templates"], (tx) => tx.objectStore("templates").put({ sha256, content, got_ms: Date.now() }));
}

/** The checklists a visit is pinned to, in the order asked for; one that is not on the phone is left out. */
export async function checklists(store: Store, wanted: readonly string[]): Promise<Map<string, Checklist>> {
  const rows = await store.read(["templates"], (tx) => Promise.all(wanted.map((sha) => tx.objectStore("templates").get(sha))));
  const found = new Map<string, Checklist>();
  for (const row of rows) if (row) found.set(row.sha256, row.content);
  return found;
}

/** Lets go of checklists nothing points to: not the bundle, not a draft that began with them. */
export async function pruneChecklists(store: Store): Promise<void> {
  await store.write(["bundle", "templates", "drafts"], async (tx) => {
    const held = await tx.objectStore("bundle").get("current");
    const wanted = new Set(held?.bundle.checklists.map((one) => one.sha256) ?? []);
    for (const draft of await tx.objectStore("drafts").getAll()) {
      const sets = (draft.data as { sets?: { sha256: string }[] }).sets ?? [];
      for (const one of sets) wanted.add(one.sha256);
    }
    for (const sha of await tx.objectStore("templates").getAllKeys()) {
      if (!wanted.has(sha)) await tx.objectStore("templates").delete(sha);
    }
  });
}

const THUMBS_DAYS = 30;
const RECEIPTS_DAYS = 180;

/** Lets go of small pictures and receipts that grew old; what is on its way or begun is not touched. */
export async function pruneOld(store: Store): Promise<void> {
  const now = Date.now();
  await store.write(["thumbs", "receipts", "drafts", "outbox"], async (tx) => {
    const open = new Set([...(await tx.objectStore("drafts").getAllKeys()), ...(await tx.objectStore("outbox").getAllKeys())]);
    for (const thumb of await tx.objectStore("thumbs").getAll()) {
      if (!open.has(thumb.record) && now - thumb.made_ms > THUMBS_DAYS * 86_400_000) await tx.objectStore("thumbs").delete(thumb.id);
    }
    const before = IDBKeyRange.upperBound(now - RECEIPTS_DAYS * 86_400_000);
    for (const key of await tx.objectStore("receipts").index("got").getAllKeys(before)) await tx.objectStore("receipts").delete(key);
  });
}

/** The device was revoked: what the town gave goes at once; what the officer made stays until the town has it. */
export async function wipe(store: Store): Promise<boolean> {
  return store.write(["bundle", "templates", "thumbs", "receipts", "drafts", "outbox", "photos"], async (tx) => {
    await tx.objectStore("bundle").clear();
    await tx.objectStore("receipts").clear();
    const drafts = await tx.objectStore("drafts").count();
    const parcels = await tx.objectStore("outbox").count();
    if (drafts === 0) await tx.objectStore("templates").clear();
    if (drafts + parcels > 0) return false;
    await tx.objectStore("thumbs").clear();
    await tx.objectStore("photos").clear();
    return true;
  });
}
