/** One tab sends at a time: by the browser's locks, or by a lease in the database where it has none. */

import { uuid } from "../kernel/uuid";
import type { Store } from "../store/store";

const NAME = "field-sync";
const LEASE_MS = 90_000;
const me = uuid();

/** Runs `work` if nobody else is at it; says whether it ran. */
export async function alone(store: Store, work: (stillMine: () => Promise<void>) => Promise<void>): Promise<boolean> {
  if (typeof navigator !== "undefined" && navigator.locks) {
    return navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await work(async () => undefined);
      return true;
    });
  }
  if (!(await takeLease(store))) return false;
  try {
    await work(async () => void (await takeLease(store)));
    return true;
  } finally {
    await dropLease(store);
  }
}

async function takeLease(store: Store): Promise<boolean> {
  return store.write(["meta"], async (tx) => {
    const meta = tx.objectStore("meta");
    const held = (await meta.get("lease"))?.value as { owner: string; until_ms: number } | undefined;
    const now = Date.now();
    // A lease further ahead than one lease lasts was written before the clock was put back.
    const is_others = held && held.owner !== me && held.until_ms > now && held.until_ms <= now + LEASE_MS;
    if (is_others) return false;
    await meta.put({ key: "lease", value: { owner: me, until_ms: now + LEASE_MS } });
    return true;
  });
}

async function dropLease(store: Store): Promise<void> {
  await store.write(["meta"], async (tx) => {
    const held = (await tx.objectStore("meta").get("lease"))?.value as { owner: string } | undefined;
    if (held?.owner === me) await tx.objectStore("meta").delete("lease");
  });
}
