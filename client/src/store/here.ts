/** Who used this browser last: the one thing that must be known before anybody's database can be opened. */

import { openDB } from "idb";

export interface Here {
  uid: number;
}

/** Who was here last, and whether somebody left without signal: then the credential has to be given back before anybody is let in. */
export async function lastHere(): Promise<{ here: Here | undefined; is_leaving: boolean }> {
  const db = await open();
  try {
    const [here, leaving] = await Promise.all([db.get("here", "who"), db.get("here", "leaving")]);
    return { here: here as Here | undefined, is_leaving: leaving === true };
  } finally {
    db.close();
  }
}

/** Remembers the person, or forgets (undefined) who it was; nobody's records are touched by either. */
export async function setHere(here: Here | undefined): Promise<void> {
  const db = await open();
  try {
    const tx = db.transaction("here", "readwrite", { durability: "strict" });
    if (here) await tx.store.put(here, "who");
    else await tx.store.delete("who");
    await tx.done;
  } finally {
    db.close();
  }
}

export async function setLeaving(is_leaving: boolean): Promise<void> {
  const db = await open();
  try {
    await db.put("here", is_leaving, "leaving");
  } finally {
    db.close();
  }
}

function open(): ReturnType<typeof openDB> {
  return openDB("field-here", 1, { upgrade: (db) => void db.createObjectStore("here") });
}
