/** Starting: whose database it is. The phone's memory answers without signal; the town's word counts where it can be had. */

import { call } from "../sync/call";
import { lastHere, setHere, setLeaving, isLeaving } from "../store/here";
import type { Session } from "../wire";

const ASK_MS = 4_000;

export type Who = { uid: number } | { nobody: "offline" | "sign_in" | "forbidden"; say: string };

export async function who(): Promise<Who> {
  if (await isLeaving()) await leave();
  const here = await lastHere().catch(() => undefined);
  // Coming from another page of the system, somebody may just have signed in: what he sees must be his.
  if (here && !comesFromElsewhere()) return here;
  const told = await Promise.race([ask(), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), here ? ASK_MS : 60_000))]);
  if (told && "uid" in told) {
    await setHere(told);
    return told;
  }
  return here ?? told ?? { nobody: "offline", say: "" };
}

/** Leaves the credential behind; without signal it is done at the next start with signal, before anything is shown. */
export async function leave(): Promise<void> {
  await setHere(undefined);
  await setLeaving(true);
  const answer = await call("leave", { body: "" });
  if (answer.is === "ok" || answer.is === "sign_in") await setLeaving(false);
}

async function ask(): Promise<Who | undefined> {
  const answer = await call<Session>("session");
  if (answer.is === "ok" && answer.body.user) return { uid: answer.body.user.id };
  if (answer.is === "sign_in") return { nobody: "sign_in", say: "" };
  return answer.is === "forbidden" ? { nobody: "forbidden", say: answer.say } : undefined;
}

function comesFromElsewhere(): boolean {
  try {
    return document.referrer !== "" && !new URL(document.referrer).pathname.startsWith("/field/") && navigator.onLine;
  } catch {
    return false;
  }
}
