/** The officers' phone client: starts, finds out whose it is, shows the screen the address names. */

import { type ComponentChild, render } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { AppContext, type App } from "./app/app";
import { who, type Who } from "./app/boot";
import { setRestarts } from "./app/capture";
import { goInstead, here } from "./app/route";
import { SIGN_IN } from "./screens/notices";
import { Screens } from "./screens";
import { interruptedCapture } from "./store/drafts";
import { setHere } from "./store/here";
import { Store } from "./store/store";
import { heldBundle, type Held } from "./store/town";
import { Sync } from "./sync/engine";
import { takeWorker } from "./app/worker";
import type { User } from "./wire";

interface Opened {
  store: Store;
  sync: Sync;
  held: Held | undefined;
  user: User | undefined;
}

async function open(uid: number): Promise<Opened> {
  const store = new Store(uid);
  const [held, user, capture] = await Promise.all([heldBundle(store), store.meta("user"), interruptedCapture(store)]);
  if (capture) {
    setRestarts(capture.restarts);
    goInstead(capture.at);
  }
  return { store, sync: new Sync(store), held, user };
}

function Root({ first }: { first: Who }) {
  const [now, setNow] = useState<Opened>();
  const [held, setHeld] = useState<Held>();
  const [nobody, setNobody] = useState(first);
  const [said, setSaid] = useState<{ words: string; tone: "ok" | "late" }>();
  const [fault, setFault] = useState(false);

  const change = useCallback(
    async (uid: number): Promise<void> => {
      now?.sync.stop();
      now?.store.close();
      if (uid > 0) {
        const opened = await open(uid);
        setHeld(opened.held);
        setNow(opened);
        return;
      }
      await setHere(undefined); // whoever is signed in now is asked for, and the former one's work stays in its own database
      location.replace("/field/");
      location.reload();
    },
    [now],
  );
  useEffect(() => {
    if ("uid" in nobody) change(nobody.uid).catch(() => setFault(true));
  }, [nobody]);
  useEffect(() => {
    if (!now) return undefined;
    let shown = now.held?.got_ms;
    const stop = now.sync.listen(() => {
      // Where nothing is being filled in, the page changes over by itself; else it is offered.
      if (now.sync.state.signal === "other_user" && !isFilling()) void change(0);
      if (now.sync.state.bundle_ms === shown) return;
      shown = now.sync.state.bundle_ms;
      void heldBundle(now.store).then(setHeld, () => undefined);
    });
    now.sync.start();
    return () => {
      stop();
      now.sync.stop();
    };
  }, [now]);
  useEffect(() => {
    const clear = (): void => setSaid(undefined); // what was said belonged to the screen that is left
    window.addEventListener("hashchange", clear);
    return () => window.removeEventListener("hashchange", clear);
  }, []);
  useEffect(() => {
    if (said?.tone !== "ok") return undefined;
    const timer = setTimeout(() => setSaid(undefined), 5_000);
    return () => clearTimeout(timer);
  }, [said]);
  const app = useMemo<App | undefined>(
    () => now && { store: now.store, sync: now.sync, user: held?.bundle.user ?? now.user, held, say: (words, tone = "ok") => setSaid({ words, tone }), change },
    [now, held, change],
  );
  if (fault) return <Closed words="这个浏览器打不开手机上的存储，可能开了无痕模式，或空间满了。请换手机自带的浏览器，或清理空间后再开。" />;
  if (!("uid" in nobody)) return <Door nobody={nobody} onAgain={() => void who().then(setNobody)} />;
  if (!app) return null;
  return (
    <AppContext.Provider value={app}>
      <Screens />
      {said ? (
        <div class={`toast ${said.tone}`} role={said.tone === "late" ? "alert" : "status"} data-testid="toast">
          <p>{said.words}</p>
          <button type="button" aria-label="知道了" onClick={() => setSaid(undefined)}>
            知道了
          </button>
        </div>
      ) : null}
    </AppContext.Provider>
  );
}

/** Whether the screen shown writes into a draft. */
function isFilling(): boolean {
  return ["visit", "form", "event"].includes(here()[0] ?? "");
}

function Closed({ words }: { words: string }) {
  return (
    <main class="closed">
      <p class="closed-name">亲清</p>
      <p role="alert">{words}</p>
    </main>
  );
}

/** Nobody has been here yet, or the last one left. */
function Door({ nobody, onAgain }: { nobody: { nobody: string; say: string }; onAgain: () => void }) {
  const words =
    nobody.nobody === "offline" ? "没有信号。第一次用要在有信号的地方登录一次，之后没有信号也能用。" : nobody.nobody === "forbidden" ? nobody.say : "请先登录，再把这部手机用起来。";
  return (
    <main class="closed" data-screen="door">
      <p class="closed-name">亲清</p>
      <p>网格员手机端</p>
      <p role="status">{words}</p>
      {nobody.nobody === "offline" ? (
        <button class="btn main big" type="button" onClick={onAgain}>
          再试一次
        </button>
      ) : (
        <a class="btn main big" href={SIGN_IN} data-testid="to-sign-in">
          去登录
        </a>
      )}
    </main>
  );
}

const root = document.getElementById("app");
function show(what: ComponentChild): void {
  if (!root) return;
  root.textContent = ""; // the shell's own word of patience
  render(what, root);
}

if (root) {
  takeWorker();
  who().then(
    (first) => show(<Root first={first} />),
    () => show(<Closed words="这个浏览器打不开手机上的存储，请换手机自带的浏览器，不要用无痕模式。" />),
  );
}
