/** Everything that is only on this phone as one file: bodies as they were frozen, drafts, photos. Nothing is taken away by it. */

import { today } from "../kernel/dates";
import { KIND_WORDS } from "../record/kinds";
import { allDrafts } from "../store/drafts";
import { allParcels, photoOf } from "../store/outbox";
import type { PhotoRef } from "../store/rows";
import type { Store } from "../store/store";
import type { Attachment } from "../wire";
import { type Entry, zip } from "./zip";

/** Hands the file to the phone's own sharing, else to the browser's downloads; returns what was done. */
export async function exportFile(store: Store): Promise<string> {
  const name = `qinqing-${store.uid}-${today()}.zip`;
  const file = await zip(entries(store));
  if (await share(file, name)) return "已交给您选的程序。手机上的一条也没有少。";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return `已存为${name}。手机上的一条也没有少。`;
}

async function share(file: Blob, name: string): Promise<boolean> {
  const shared = new File([file], name, { type: "application/zip" });
  if (!navigator.canShare?.({ files: [shared] })) return false;
  try {
    await navigator.share({ files: [shared], title: name });
    return true;
  } catch {
    return false; // put away, or not allowed: the download remains
  }
}

async function* entries(store: Store): AsyncGenerator<Entry> {
  const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, 1));
  const parcels = await allParcels(store);
  const records = parcels.map(({ body: _body, ...facts }) => ({ ...facts, what: KIND_WORDS[facts.kind] }));
  yield { name: "index.json", bytes: text({ account: store.uid, records }) };
  for (const parcel of parcels) {
    yield { name: `records/${parcel.id}.json`, bytes: new Uint8Array(parcel.body) };
    yield* pictures(store, parcel.id, parcel.attachments);
  }
  for (const draft of await allDrafts(store)) {
    yield { name: `drafts/${draft.id}.json`, bytes: text(draft) };
    yield* pictures(store, draft.id, draft.photos);
  }
}

async function* pictures(store: Store, record: string, refs: readonly (Attachment | PhotoRef)[]): AsyncGenerator<Entry> {
  for (const one of refs) {
    const photo = await photoOf(store, one.id).catch(() => undefined);
    if (photo) yield { name: `photos/${record}/${one.id}.${one.type === "image/png" ? "png" : "jpg"}`, bytes: new Uint8Array(photo.bytes) };
  }
}
