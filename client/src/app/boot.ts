/** Starting: whose database it is. The phone's memory answers without signal; the town's word counts where it can be had. */

import { call } from "../sync/call";
import { lastHere, setHere, setLeaving } from "../store/here";
import type { Session } from "../wire";

/** Nobody was here yet: there is nothing to show but the answer. */
const FIRST_MS = 60_000;
/** Coming from another page of the system, quite likely from signing in. */
const ARRIVED_MS = 4_000;
const GLANCE_MS = 1_200;

export type Who = { uid: number } | { nobody: "offline" | "sign_in" | "forbidden"; say: string };

export async function who(): Promise<Who> {
  const { here, is_leaving } = await lastHere();
  if (is_leaving && !(await leave())) return { nobody: "offline", say: "" };
  if (here && !navigator.onLine) return here;
  // Somebody else may have signed in since: what is shown must be his. On a bad line the last one's work opens all the same.
  const patience = !here ? FIRST_MS : comesFromElsewhere() ? ARRIVED_MS : GLANCE_MS;
  const told = await Promise.race([ask(), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience))]);
  if (told && "uid" in told) {
    await setHere(told);
    return told;
  }
  return here ?? told ?? { nobody: "offline", say: "" };
}

/** Leaves the credential behind; without signal it is done at the next start with signal, before anything is shown. */
export async function leave(): Promise<boolean> {
  await setHere(undefined);
  await setLeaving(true);
  const answer = await call("leave", { body: "" });
  const is_done = answer.is === "ok" || answer.is === "sign_in" || answer.is === "forbidden";
  if (is_done) await setLeaving(false);
  return is_done;
}

async function ask(): Promise<Who | undefined> {
  const answer = await call<Session>("session");
  if (answer.is === "ok" && answer.body.user) return { uid: answer.body.user.id };
  if (answer.is === "sign_in") return { nobody: "sign_in", say: "" };
  return answer.is === "forbidden" ? { nobody: "forbidden", say: answer.say } : undefined;
}

function comesFromElsewhere(): boolean {
  try {
    return document.referrer !== "" && !new URL(document.referrer).pathname.startsWith("/field/");
  } catch {
    return false;
  }
}
