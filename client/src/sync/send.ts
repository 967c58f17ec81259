/** One record's way to the town: its text, its photos in chunks, its receipt. Every step may be repeated without harm. */

import { sha256 } from "../kernel/sha256";
import { manifestDigest } from "../record/manifest";
import { noteParcel, photoOf, settle } from "../store/outbox";
import type { Parcel } from "../store/rows";
import type { Store } from "../store/store";
import type { Progress, Standing } from "../wire";
import { call } from "./call";
import type { Outcome } from "./outcome";
import { backoff, Pace } from "./plan";

/** What the run must know of a step: go on, the way is closed, or nobody may send at all. */
export type Way = "on" | "closed" | "sign_in" | "forbidden";
export type Tell = (parcel: Parcel, sent: number, total: number) => void;
type Bad = Exclude<Outcome<unknown>, { is: "ok" }>;
const pace = new Pace();
/** More answers than a photo has chunks mean that two sides do not agree; then it waits for the next run. */
const MOST_ROUNDS = 4_000;

export async function sendText(store: Store, parcel: Parcel): Promise<Way> {
  if ((await sha256(parcel.body)) !== parcel.sha256) return attention(store, parcel, "body_lost");
  const path = `records/${parcel.kind}/${parcel.id}`;
  const headers = { "Content-Type": "application/json", "X-Content-SHA256": parcel.sha256 };
  const answer = await call<Standing>(path, { body: parcel.body, override: "PUT", headers });
  if (answer.is === "conflict") {
    const { parcel: now, bad } = await uploadAll(store, parcel, undefined); // whatever the town still takes is safer there
    return bad && !isLasting(bad) ? wait(store, now, bad) : attention(store, now, "conflict");
  }
  if (answer.is !== "ok") return wait(store, parcel, answer);
  if (!isStanding(answer.body, parcel)) return wait(store, parcel, { is: "later", why: "portal" });
  return stand(store, parcel, answer.body);
}

export async function sendPhotos(store: Store, parcel: Parcel, tell: Tell): Promise<Way> {
  const path = `records/${parcel.kind}/${parcel.id}`;
  const before = await call<Standing>(path);
  if (before.is === "absent") {
    // The town does not know it any more, say after a restored backup: begin again.
    await noteParcel(store, parcel.id, { is_text_sent: false, done: [] });
    return "on";
  }
  if (before.is !== "ok") return wait(store, parcel, before);
  if (!isStanding(before.body, parcel)) return wait(store, parcel, { is: "later", why: "portal" });
  if (before.body.receipt) return stand(store, parcel, before.body);
  const ended = await uploadAll(store, parcel, before.body.missing, tell);
  if (ended.bad) return wait(store, ended.parcel, ended.bad);
  const after = await call<Standing>(path);
  if (after.is !== "ok" || !isStanding(after.body, parcel)) return wait(store, ended.parcel, after.is === "ok" ? { is: "later", why: "portal" } : after);
  if (!after.body.receipt && ended.parcel.lost.length > 0) return attention(store, ended.parcel, "photo_lost");
  if (!after.body.receipt) return wait(store, ended.parcel, { is: "later", why: "server" });
  return stand(store, ended.parcel, after.body);
}

/** Takes the town's word for what it has, and its receipt only if the digest is the one computed here. */
async function stand(store: Store, parcel: Parcel, standing: Standing): Promise<Way> {
  const missing = new Set(standing.missing.map((one) => one.id));
  const done = parcel.attachments.map((one) => one.id).filter((id) => !missing.has(id));
  if (standing.receipt) {
    const digest = await manifestDigest(parcel.sha256, parcel.attachments);
    if (digest !== standing.receipt.manifest_sha256) return attention(store, parcel, "receipt");
    await settle(store, parcel, standing.receipt);
    return "on";
  }
  await noteParcel(store, parcel.id, { is_text_sent: true, done, tries: 0, next_ms: 0, why: "waiting" });
  return "on";
}

/** Uploads every photo that can be read; one that cannot does not keep its sisters on the phone. */
async function uploadAll(
  store: Store,
  parcel: Parcel,
  missing: Standing["missing"] | undefined,
  tell?: Tell,
): Promise<{ parcel: Parcel; bad?: Bad }> {
  let now = parcel;
  let refused: Bad | undefined;
  const wanted = missing?.map((one) => one.id) ?? parcel.attachments.map((one) => one.id);
  const todo = parcel.attachments.filter((one) => wanted.includes(one.id)).sort((a, b) => a.made_ms - b.made_ms);
  const total = parcel.attachments.length;
  for (const one of todo) {
    tell?.(now, total - todo.length + todo.indexOf(one), total);
    const photo = await photoOf(store, one.id);
    if (!photo || (await sha256(photo.bytes)) !== one.sha256) {
      now = (await noteParcel(store, parcel.id, { lost: [...new Set([...now.lost, one.id])] })) ?? now;
      continue;
    }
    const bad = await upload(one.id, photo.bytes, missing?.find((gap) => gap.id === one.id)?.offset);
    if (bad && !isLasting(bad)) return { parcel: now, bad };
    if (bad) {
      refused = bad;
      continue;
    }
    now = (await noteParcel(store, parcel.id, { done: [...new Set([...now.done, one.id])] })) ?? now;
  }
  return refused ? { parcel: now, bad: refused } : { parcel: now };
}

/** What would be answered again and again to this photo, and says nothing about the others. */
function isLasting(bad: Bad): boolean {
  return bad.is === "conflict" || bad.is === "refused" || bad.is === "too_large" || bad.is === "absent" || bad.is === "damaged";
}

async function upload(id: string, bytes: ArrayBuffer, from: number | undefined): Promise<Bad | undefined> {
  let offset = from ?? 0;
  let damaged = 0;
  if (from === undefined) {
    const told = await call<Progress>(`attachments/${id}`);
    if (told.is !== "ok") return told;
    offset = told.body.offset;
    if (told.body.state === "complete") return undefined;
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const size = pace.size;
    const began = Date.now();
    const answer = await call<Progress>(`attachments/${id}`, {
      body: bytes.slice(offset, offset + size),
      override: "PATCH",
      headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) },
    });
    if (answer.is === "ok") {
      pace.went(Date.now() - began);
      if (answer.body.state === "complete") return undefined;
      offset = answer.body.offset;
    } else if (answer.is === "conflict" && answer.offset !== undefined) {
      if (answer.offset >= bytes.byteLength) return undefined; // the last answer was lost; the receipt will tell
      offset = answer.offset;
    } else if (answer.is === "too_large" && pace.tooLarge()) {
      continue;
    } else if (answer.is === "damaged" && damaged++ < 1) {
      offset = 0; // our own bytes were checked a moment ago, so it happened on the way
    } else {
      if (answer.is === "later" && answer.why === "timeout") pace.timedOut();
      return answer;
    }
  }
  return { is: "later", why: "server" };
}

async function wait(store: Store, parcel: Parcel, answer: Bad): Promise<Way> {
  if (answer.is === "sign_in" || answer.is === "forbidden") return answer.is;
  if (answer.is === "refused" || answer.is === "conflict" || answer.is === "too_large") return attention(store, parcel, answer.is);
  const why = answer.is === "later" ? answer.why : answer.is === "damaged" ? "damaged" : "server";
  const tries = parcel.tries + 1;
  const after_s = answer.is === "later" ? (answer.after_s ?? 0) : 0;
  await noteParcel(store, parcel.id, { tries, why, next_ms: Date.now() + backoff(tries, Math.random(), after_s) });
  return why === "offline" || why === "portal" || why === "timeout" ? "closed" : "on";
}

async function attention(store: Store, parcel: Parcel, why: string): Promise<Way> {
  await noteParcel(store, parcel.id, { state: "attention", why });
  return "on";
}

function isStanding(body: Standing, parcel: Parcel): boolean {
  return body.id === parcel.id && Array.isArray(body.missing);
}
