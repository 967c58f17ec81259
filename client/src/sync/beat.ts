/** The heartbeat: the phone cannot remember what it forgot, so the town is told what should still come. */

import { APP, type Beat } from "../wire";
import { reading } from "../kernel/clock";
import { uuid } from "../kernel/uuid";
import { allParcels } from "../store/outbox";
import { allDrafts } from "../store/drafts";
import { estimate } from "../store/space";
import type { Store } from "../store/store";
import { post } from "./call";
import type { Outcome } from "./outcome";

const EVERY_MS = 15 * 60_000;

/** Tells the town what waits here, if that changed or some time went by; keeps what the town answers. */
export async function beat(store: Store, is_forced = false): Promise<Outcome<Beat> | undefined> {
  const parcels = await allParcels(store);
  const pending = parcels.map((one) => ({ kind: one.kind, id: one.id, made_ms: one.made_ms }));
  const key = pending.map((one) => one.id).sort().join();
  const last = await store.meta("beat");
  const now = Date.now();
  if (!is_forced && last && last.pending === key && now - last.at_ms < EVERY_MS && now >= last.at_ms) return undefined;
  const device = await store.meta("device");
  const self_test = await store.meta("self_test");
  const guess = await estimate();
  const answer = await post<Beat>("heartbeat", {
    device: device?.id ?? "",
    epoch: await epochOf(store),
    app: APP,
    pending,
    counts: {
      waiting: parcels.filter((one) => one.state === "waiting").length,
      attention: parcels.filter((one) => one.state === "attention").length,
      drafts: (await allDrafts(store)).length,
      photos: parcels.reduce((sum, one) => sum + one.attachments.length - one.done.length, 0),
    },
    clock: reading((await store.meta("samples")) ?? []),
    storage: { usage: guess.usage ?? null, quota: guess.quota ?? null, persisted: guess.is_persisted },
    ...(self_test ? { self_test } : {}),
  });
  if (answer.is !== "ok") return answer;
  await store.setMeta("beat", { at_ms: now, pending: key });
  const here = new Set(pending.map((one) => one.id));
  await store.setMeta("lost", (answer.body.lost ?? []).filter((one) => !here.has(one.id)));
  await store.setMeta("others", answer.body.others ?? []);
  await store.setMeta("notices", answer.body.notices ?? []);
  await store.setMeta("revoked", answer.body.revoked || answer.body.wipe ? { wipe: answer.body.wipe } : undefined);
  return answer;
}

async function epochOf(store: Store): Promise<string> {
  const known = await store.meta("epoch");
  if (known) return known;
  const made = uuid();
  await store.setMeta("epoch", made);
  return made;
}
