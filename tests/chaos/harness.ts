/**
 * What the chaos suite needs of a phone: finished records without somebody's thumbs, and what the phone's database says.
 * It calls the client's own functions (drafts, photos, freezing); sending is left to the client itself.
 */

import { uuid } from "../../client/src/kernel/uuid";
import { sha256 } from "../../client/src/kernel/sha256";
import { shrink } from "../../client/src/photo/shrink";
import { freeze } from "../../client/src/record/freeze";
import { newFinding, newVisit, visitBody } from "../../client/src/record/visit";
import { addPhoto, allDrafts, newDraft, saveDraft } from "../../client/src/store/drafts";
import { allParcels, latestReceipts } from "../../client/src/store/outbox";
import { lastHere } from "../../client/src/store/here";
import { Store } from "../../client/src/store/store";
import { checklists, heldBundle } from "../../client/src/store/town";
import { register } from "../../client/src/sync/device";
import type { Photo } from "../../client/src/store/rows";

interface Promised {
  id: string;
  sha256: string;
  made_ms: number;
  enterprise: number;
  lists: string[];
  attachments: { id: string; sha256: string; size: number }[];
}

let opened: Store | undefined;

async function store(): Promise<Store> {
  const { here } = await lastHere();
  if (!here) throw new Error("nobody here");
  if (opened?.uid === here.uid) return opened;
  opened?.close();
  return (opened = new Store(here.uid));
}

/** A picture that compresses badly, so that it takes several chunks. */
async function picture(seed: number, side: number): Promise<ArrayBuffer> {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d")!;
  const dots = pen.createImageData(side, side);
  let state = (seed * 2654435761) >>> 0 || 1;
  for (let place = 0; place < dots.data.length; place += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    dots.data[place] = state & 255;
    dots.data[place + 1] = (state >>> 8) & 255;
    dots.data[place + 2] = (state >>> 16) & 255;
    dots.data[place + 3] = 255;
  }
  pen.putImageData(dots, 0, 0);
  const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), "image/jpeg", 0.8));
  return blob.arrayBuffer();
}

/** Makes a visit of the n-th enterprise with so many photos and finishes it; returns what must arrive. */
async function visit(nth: number, photos: number, seed: number, side = 700): Promise<Promised> {
  const mine = await store();
  const held = await heldBundle(mine);
  if (!held) throw new Error("no bundle");
  const firm = held.bundle.enterprises[nth % held.bundle.enterprises.length]!;
  const data = { ...newVisit(firm, held.bundle.checklists), nature: "routine", summary: `演示走访 ${seed}` };
  data.acknowledgement = { how: "absent", name: "", reason: "演示：负责人外出", strokes: [] };
  const lists = [...(await checklists(mine, data.sets.map((one) => one.sha256))).values()];
  for (const list of lists) for (const item of list.items.slice(0, 6)) if (item.answer === "yn") data.answers[`${list.code}/${item.key}`] = { value: "ok", note: "" };
  if (seed % 3 === 0) data.findings.push({ ...newFinding("", "", "", "fire"), level: "minor", text: `演示：灭火器被遮挡 ${seed}`, advice: "当场移开" });
  let draft = await saveDraft(mine, newDraft("visit", firm.id, firm.name, data, (id) => `visit/${id}`));
  for (let nr = 0; nr < photos; nr++) {
    const { bytes, type, thumb_url } = await shrink(await picture(seed * 31 + nr + 1, side));
    const photo: Photo = { id: uuid(), record: draft.id, bytes, sha256: await sha256(bytes), size: bytes.byteLength, type, role: "photo", made_ms: Date.now() };
    draft = await addPhoto(mine, draft, photo, "", thumb_url);
  }
  const parcel = await freeze(mine, draft, visitBody(draft.data, lists, draft.photos, Date.now()));
  const attachments = parcel.attachments.map(({ id, sha256, size }) => ({ id, sha256, size }));
  return { id: parcel.id, sha256: parcel.sha256, made_ms: parcel.made_ms, enterprise: Number(firm.id), lists: lists.map((one) => one.code), attachments };
}

/** What this phone holds, by id; photos by the digest of the bytes that really lie there. */
async function state(): Promise<object> {
  const mine = await store();
  const photos = await mine.read(["photos"], (tx) => tx.objectStore("photos").getAll());
  const digests: Record<string, string> = {};
  for (const one of photos) digests[one.id] = await sha256(one.bytes);
  return {
    uid: mine.uid,
    outbox: (await allParcels(mine)).map((one) => ({ id: one.id, state: one.state, why: one.why, sha256: one.sha256, attachments: one.attachments.map((a) => a.id), done: one.done })),
    receipts: (await latestReceipts(mine, 10_000)).map((one) => ({ id: one.id, no: one.no, manifest_sha256: one.manifest_sha256 })),
    drafts: (await allDrafts(mine)).map((one) => ({ id: one.id, text: (one.data as { text?: string }).text ?? "" })),
    photos: digests,
  };
}

/** Writes a draft with so many photos until the disk refuses; says how far it came and whether text could still be kept. */
async function fill(photos: number, side: number): Promise<object> {
  const mine = await store();
  let draft = await saveDraft(mine, newDraft("contact", null, "满盘", { text: "" }, (id) => `new/contact/${id}`));
  let kept = 0;
  let fault = "";
  for (let nr = 0; nr < photos && !fault; nr++) {
    const bytes = await picture(nr + 1, side);
    const photo: Photo = { id: uuid(), record: draft.id, bytes, sha256: await sha256(bytes), size: bytes.byteLength, type: "image/jpeg", role: "photo", made_ms: Date.now() };
    try {
      draft = await addPhoto(mine, draft, photo, "", "");
      kept++;
    } catch (problem) {
      fault = String((problem as { say?: string }).say ?? problem);
    }
  }
  let text = true;
  await saveDraft(mine, { ...draft, data: { text: "满盘之后的文字" } }).catch(() => (text = false));
  return { kept, fault, text, draft: draft.id };
}

/** Damages one photo the way browsers do: its row is there, its bytes are not. */
async function lose(photo: string): Promise<void> {
  const mine = await store();
  await mine.write(["photos"], (tx) => tx.objectStore("photos").delete(photo));
}

/** How far this phone's clock is from the town's as last measured, and when that was. */
async function sample(): Promise<object | undefined> {
  const samples = (await (await store()).meta("samples")) ?? [];
  return samples[samples.length - 1];
}

Object.assign(window, {
  chaos: {
    visit,
    state,
    fill,
    lose,
    sample,
    register: async () => register(await store()),
    who: async () => (await lastHere()).here?.uid ?? 0,
    ready: async () => ((await heldBundle(await store()))?.bundle.enterprises.length ?? 0) > 0,
  },
});
