/** Drafts and their pictures: kept at every answer, frozen and put into the outbox in one transaction when finished. */

import { uuid } from "../kernel/uuid";
import type { Kind } from "../wire";
import type { Capture, Draft, Parcel, Photo, PhotoRef, Thumb } from "./rows";
import { SaveFailed, type Store } from "./store";

const STALE = new SaveFailed("stale", "这一条在另一个页面改过，已载入最新内容，请再看一眼刚才那一步。");

export function newDraft<Data extends object>(kind: Kind, enterprise: number | null, title: string, data: Data, at: (id: string) => string): Draft<Data> {
  const id = uuid();
  const now = Date.now();
  return { id, kind, enterprise, title, made_ms: now, touched_ms: now, rev: 0, place: null, photos: [], data, at: at(id) };
}

/** Keeps a draft and returns it as kept. Raises SaveFailed "stale" when another tab kept a later one. */
export async function saveDraft<Data extends object>(store: Store, draft: Draft<Data>): Promise<Draft<Data>> {
  const next = { ...draft, rev: draft.rev + 1, touched_ms: Date.now() };
  await store.write(["drafts"], async (tx) => {
    const drafts = tx.objectStore("drafts");
    checkRev(await drafts.get(draft.id), draft, next.touched_ms);
    await drafts.put(next);
  });
  return next;
}

export async function getDraft(store: Store, id: string): Promise<Draft | undefined> {
  return store.read(["drafts"], (tx) => tx.objectStore("drafts").get(id));
}

export async function allDrafts(store: Store): Promise<Draft[]> {
  const rows = await store.read(["drafts"], (tx) => tx.objectStore("drafts").getAll());
  return rows.sort((a, b) => b.touched_ms - a.touched_ms);
}

/** Throws a draft away with its pictures, because the officer said so. What another tab has finished meanwhile is not touched. */
export async function dropDraft(store: Store, id: string): Promise<void> {
  await store.write(["drafts", "outbox", "photos", "thumbs", "pending_capture"], async (tx) => {
    if (await tx.objectStore("outbox").getKey(id)) return;
    if (!(await tx.objectStore("drafts").getKey(id))) return;
    for (const name of ["photos", "thumbs"] as const) {
      for (const key of await tx.objectStore(name).index("record").getAllKeys(id)) await tx.objectStore(name).delete(key);
    }
    await tx.objectStore("drafts").delete(id);
    await tx.objectStore("pending_capture").delete("now");
  });
}

/** Keeps a picture together with the draft that names it: neither can be there without the other. */
export async function addPhoto<Data extends object>(
  store: Store,
  draft: Draft<Data>,
  photo: Photo,
  where: string,
  thumb_url: string,
): Promise<Draft<Data>> {
  const { bytes: _bytes, record: _record, ...facts } = photo;
  const ref: PhotoRef = { ...facts, where };
  const next = { ...draft, photos: [...draft.photos, ref], rev: draft.rev + 1, touched_ms: Date.now() };
  const thumb: Thumb = { id: photo.id, record: draft.id, url: thumb_url, made_ms: photo.made_ms };
  await store.write(["drafts", "photos", "thumbs", "pending_capture"], async (tx) => {
    const drafts = tx.objectStore("drafts");
    checkRev(await drafts.get(draft.id), draft, next.touched_ms);
    await tx.objectStore("photos").put(photo);
    await tx.objectStore("thumbs").put(thumb);
    await drafts.put(next);
    await tx.objectStore("pending_capture").delete("now");
  });
  return next;
}

export async function removePhoto<Data extends object>(store: Store, draft: Draft<Data>, id: string): Promise<Draft<Data>> {
  const next = { ...draft, photos: draft.photos.filter((one) => one.id !== id), rev: draft.rev + 1, touched_ms: Date.now() };
  await store.write(["drafts", "photos", "thumbs"], async (tx) => {
    const drafts = tx.objectStore("drafts");
    checkRev(await drafts.get(draft.id), draft, next.touched_ms);
    await drafts.put(next);
    await tx.objectStore("photos").delete(id);
    await tx.objectStore("thumbs").delete(id);
  });
  return next;
}

/** Which of a draft's pictures are no longer on the phone. Asked before finishing: afterwards it could only be reported. */
export async function missingPhotos(store: Store, draft: Draft): Promise<string[]> {
  const keys = await store.read(["photos"], (tx) => tx.objectStore("photos").index("record").getAllKeys(draft.id));
  return draft.photos.map((one) => one.id).filter((id) => !keys.includes(id));
}

/** One transaction: the body is frozen in the outbox, and the draft is gone. */
export async function finalize(store: Store, draft: Draft, parcel: Parcel): Promise<void> {
  await store.write(["drafts", "outbox", "pending_capture"], async (tx) => {
    const drafts = tx.objectStore("drafts");
    const outbox = tx.objectStore("outbox");
    const before = await outbox.get(parcel.id);
    if (before?.sha256 === parcel.sha256) return; // the connection died after the commit, and this is the second try
    const kept = await drafts.get(draft.id);
    if (!kept || kept.rev !== draft.rev || before) throw STALE;
    await outbox.put(parcel);
    await drafts.delete(draft.id);
    await tx.objectStore("pending_capture").delete("now");
  });
}

/** Remembers, before the camera opens, where to come back to: on small phones the camera ends this page. */
export async function beginCapture(store: Store, draft: string, at: string): Promise<void> {
  await store.write(["pending_capture"], async (tx) => {
    const rows = tx.objectStore("pending_capture");
    const before = await rows.get("now");
    const restarts = before?.draft === draft ? before.restarts : 0;
    await rows.put({ key: "now", draft, at, opened_ms: Date.now(), restarts });
  });
}

export async function endCapture(store: Store): Promise<void> {
  await store.write(["pending_capture"], (tx) => tx.objectStore("pending_capture").delete("now"));
}

/** At start: returns what was being photographed when the page ended, and counts the restart. */
export async function interruptedCapture(store: Store): Promise<Capture | undefined> {
  // Nearly always there is nothing, and a start must not wait for a write to reach the disk.
  if (!(await store.read(["pending_capture"], (tx) => tx.objectStore("pending_capture").get("now")))) return undefined;
  return store.write(["pending_capture", "drafts"], async (tx) => {
    const rows = tx.objectStore("pending_capture");
    const row = await rows.get("now");
    if (!row) return undefined;
    if (!(await tx.objectStore("drafts").getKey(row.draft)) || Date.now() - row.opened_ms > 3_600_000) {
      await rows.delete("now");
      return undefined;
    }
    const counted = { ...row, restarts: row.restarts + 1 };
    await rows.put(counted);
    return counted;
  });
}

function checkRev(kept: Draft | undefined, mine: Draft, touched_ms: number): void {
  const is_my_own_retry = kept?.rev === mine.rev + 1 && kept.touched_ms === touched_ms;
  if (kept ? kept.rev !== mine.rev && !is_my_own_retry : mine.rev !== 0) throw STALE;
}
