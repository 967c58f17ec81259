/** Fetching what the phone needs for the day: the bundle if it changed, and every checklist it names. */

import type { Bundle, Checklist } from "../wire";
import { heldBundle, heldChecklists, keepBundle, keepChecklist, pruneChecklists } from "../store/town";
import type { Store } from "../store/store";
import { call, callText } from "./call";
import type { Later, Outcome } from "./outcome";

const FRESH_MS = 10 * 60_000;

export type Fetched = { is: "fresh" | "same" } | { is: "failed"; why: Later | "sign_in" | "forbidden" | "refused" };

export async function refresh(store: Store, is_forced: boolean): Promise<Fetched> {
  const held = await heldBundle(store);
  const age = held ? Date.now() - held.got_ms : Infinity;
  if (!is_forced && age >= 0 && age < FRESH_MS && (await hasAll(store, held?.bundle))) return { is: "same" };
  const headers: Record<string, string> = held?.etag ? { "If-None-Match": held.etag } : {};
  const answer = await call<Bundle & { ok: true }>("bundle", { headers });
  if (answer.is === "same" && held) await keepBundle(store, held.bundle, held.etag);
  else if (answer.is === "ok" && Array.isArray(answer.body.enterprises)) await keepBundle(store, answer.body, answer.etag || answer.body.etag);
  else return failed(answer);
  const bundle = answer.is === "ok" ? answer.body : held!.bundle;
  const broken = await fetchChecklists(store, bundle);
  if (broken) return broken;
  await pruneChecklists(store);
  return { is: answer.is === "ok" ? "fresh" : "same" };
}

async function fetchChecklists(store: Store, bundle: Bundle): Promise<Fetched | undefined> {
  const have = new Set(await heldChecklists(store));
  for (const one of bundle.checklists) {
    if (have.has(one.sha256)) continue;
    const answer = await callText<Checklist>(`checklists/${one.sha256}`, one.sha256);
    if (answer.is !== "ok") return failed(answer);
    await keepChecklist(store, one.sha256, answer.body);
  }
  return undefined;
}

function failed(answer: Outcome<unknown>): Fetched {
  if (answer.is === "later") return { is: "failed", why: answer.why };
  return { is: "failed", why: answer.is === "sign_in" || answer.is === "forbidden" ? answer.is : "refused" };
}

async function hasAll(store: Store, bundle: Bundle | undefined): Promise<boolean> {
  if (!bundle) return false;
  const have = new Set(await heldChecklists(store));
  return bundle.checklists.every((one) => have.has(one.sha256));
}
