/** Making a phone known to the town, so that what it holds can be sent after the sign-in has run out. Asked for, never done unasked. */

import { APP, type Device, type User } from "../wire";
import type { Store } from "../store/store";
import { call } from "./call";
import type { Outcome } from "./outcome";

export async function register(store: Store): Promise<Outcome<{ ok: true; device: Device; user: User }>> {
  const known = await store.meta("device");
  const answer = await call<{ ok: true; device: Device; user: User }>("device/", {
    root: "/field/",
    body: JSON.stringify({ device: known?.id ?? "", name: phoneName(navigator.userAgent), app: APP }),
    headers: { "Content-Type": "application/json" },
  });
  if (answer.is === "ok") await store.setMeta("device", answer.body.device);
  return answer;
}

/** What the office reads in its list of phones: "微信 · HUAWEI LYA", "浏览器 · iPhone". */
export function phoneName(agent: string): string {
  const shell = /wxwork/i.test(agent) ? "企业微信" : /MicroMessenger/i.test(agent) ? "微信" : "浏览器";
  const apple = /iPhone|iPad/.exec(agent)?.[0];
  const android = /Android [\d.]+; ([^;)]+)/.exec(agent)?.[1]?.replace(/ Build.*/, "").trim();
  const machine = apple ?? (android && android.length > 1 ? android : undefined) ?? (/Windows/.test(agent) ? "电脑" : "手机");
  return `${shell} · ${machine}`.slice(0, 60);
}
