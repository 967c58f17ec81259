/** The run: say hello, tell what waits, send it in order, fetch the day. One at a time over all tabs, from the open page only. */

import { sampled } from "../kernel/clock";
import { setHere } from "../store/here";
import { allParcels, counts } from "../store/outbox";
import type { Parcel } from "../store/rows";
import type { Store } from "../store/store";
import { heldBundle, pruneOld, wipe } from "../store/town";
import type { Session } from "../wire";
import { beat } from "./beat";
import { call } from "./call";
import { register } from "./device";
import { alone } from "./lock";
import type { Later, Outcome } from "./outcome";
import { nextStep, stepKey } from "./plan";
import { refresh } from "./refresh";
import { sendPhotos, sendText } from "./send";

const EVERY_MS = 60_000;
/** After so many failures in a row that speak of the way itself, the rest would only fail too. */
const GIVE_UP_AFTER = 3;

export interface SyncState {
  /** undefined: not asked yet. */
  signal: "on" | Later | "sign_in" | "forbidden" | "other_user" | undefined;
  /** What the town said of a closed door. */
  say: string;
  is_running: boolean;
  /** What is on its way just now. */
  sending: { id: string; sent: number; total: number } | undefined;
  waiting: number;
  attention: number;
  other: string;
  /** How fetching the day's bundle ended last. */
  fetched: "ok" | Later | "sign_in" | "forbidden" | "refused" | undefined;
  /** When the bundle shown was fetched: a new value asks for reading it anew. */
  bundle_ms: number | undefined;
  /** Grows with every change of the stores: screens read anew. */
  tick: number;
}

export type Trigger = "open" | "finalize" | "online" | "visible" | "timer" | "button" | "bundle";

export class Sync {
  state: SyncState = { signal: undefined, is_running: false, sending: undefined, waiting: 0, attention: 0, other: "", say: "", fetched: undefined, bundle_ms: undefined, tick: 0 };
  private again = false;
  private is_dirty = false;
  /** Something arrived, so what the town says of the day has changed. */
  private has_settled = false;
  private heard = new Set<() => void>();
  private wire: BroadcastChannel | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private shut = false;

  constructor(readonly store: Store) {}

  /** Begins listening for everything that makes a try worth while. `navigator.onLine` is only a hint and stops nothing. */
  start(): void {
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOffline);
    document.addEventListener("visibilitychange", this.onVisible);
    this.timer = setInterval(() => void this.kick("timer"), EVERY_MS);
    if (typeof BroadcastChannel !== "undefined") {
      this.wire = new BroadcastChannel(this.store.name);
      this.wire.onmessage = () => void this.recount();
    }
    void this.kick("open");
  }

  stop(): void {
    this.shut = true;
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOffline);
    document.removeEventListener("visibilitychange", this.onVisible);
    clearInterval(this.timer);
    this.wire?.close();
  }

  listen(hear: () => void): () => void {
    this.heard.add(hear);
    return () => void this.heard.delete(hear);
  }

  /** Tries to send. Never raises: what cannot be done now stays where it is, and the state says why. */
  async kick(trigger: Trigger): Promise<void> {
    if (this.shut) return;
    if (trigger === "finalize") await this.recount();
    if (this.state.is_running) {
      this.again = true;
      this.is_dirty = true;
      return;
    }
    this.set({ is_running: true });
    try {
      const ran = await alone(this.store, async (stillMine) => {
        do {
          this.again = false;
          await this.run(trigger === "button" || trigger === "bundle", stillMine);
        } while (this.again && this.state.signal === "on" && !this.shut);
      });
      if (!ran) await this.recount();
    } catch {
      await this.recount().catch(() => undefined); // the database refused: screens that write say so in red
    } finally {
      this.set({ is_running: false, sending: undefined });
    }
  }

  /** Something in the stores changed: count anew, and let the other tabs know. */
  async changed(): Promise<void> {
    this.is_dirty = true;
    await this.recount();
    this.wire?.postMessage("changed");
  }

  private async run(is_forced: boolean, stillMine: () => Promise<void>): Promise<void> {
    const hello = await this.hello();
    if (!hello) return;
    await beat(this.store, is_forced);
    const went = await this.deliver(is_forced, stillMine);
    if (went === "on") {
      await beat(this.store);
      const revoked = await this.store.meta("revoked");
      if (revoked) await this.giveUpThePhone();
      else await this.fetchDay(is_forced || this.has_settled);
      await this.store.setMeta("synced_ms", Date.now());
    }
    await this.changed();
  }

  /** First of all: is that the town, is it the same person, what time has it. */
  private async hello(): Promise<Session | undefined> {
    const sent_ms = Date.now();
    const answer = await call<Session>("session");
    if (answer.is !== "ok" || !answer.body.user) {
      await this.closed(answer);
      return undefined;
    }
    const session = answer.body;
    if (session.user.id !== this.store.uid) {
      this.set({ signal: "other_user", other: session.user.name });
      await this.store.setMeta("paused", { why: "other_user", at_ms: Date.now(), name: session.user.name });
      await this.recount();
      return undefined;
    }
    const samples = (await this.store.meta("samples")) ?? [];
    await this.store.setMeta("samples", sampled(samples, sent_ms, Date.now(), session.server_time));
    await this.store.setMeta("user", session.user);
    if (session.device) await this.store.setMeta("device", session.device);
    else if (session.signed_in && (await this.store.meta("device"))) await register(this.store); // known once, its cookie lost
    await this.store.setMeta("min_app", session.min_app);
    await this.store.setMeta("paused", undefined);
    await setHere({ uid: session.user.id });
    this.set({ signal: "on", other: "" });
    return session;
  }

  private async closed(answer: Outcome<Session>): Promise<void> {
    if (answer.is === "sign_in") {
      await this.store.setMeta("paused", { why: "sign_in", at_ms: Date.now(), name: "" });
      this.set({ signal: "sign_in" });
    } else if (answer.is === "forbidden") {
      this.set({ signal: "forbidden", say: answer.say });
    } else {
      this.set({ signal: answer.is === "later" ? answer.why : "server" });
    }
    await this.recount();
  }

  private async deliver(is_forced: boolean, stillMine: () => Promise<void>): Promise<"on" | "shut"> {
    // Somebody who presses the button does not want to hear of pauses; each part is still tried once a run.
    const waiting = async (): Promise<Parcel[]> => (await allParcels(this.store)).map((one) => (is_forced ? { ...one, next_ms: 0 } : one));
    let parcels = await waiting();
    const tried = new Set<string>();
    let failures = 0;
    for (;;) {
      if (this.is_dirty) {
        this.is_dirty = false;
        parcels = await waiting();
      }
      const step = nextStep(parcels, tried, Date.now());
      if (!step || this.shut) return "on";
      tried.add(stepKey(step));
      await stillMine();
      this.set({ sending: { id: step.parcel.id, sent: step.parcel.done.length, total: step.parcel.attachments.length } });
      const way =
        step.part === "text"
          ? await sendText(this.store, step.parcel)
          : await sendPhotos(this.store, step.parcel, (parcel, sent, total) => this.set({ sending: { id: parcel.id, sent, total } }));
      if (way === "sign_in" || way === "forbidden") {
        this.set({ signal: way });
        if (way === "sign_in") await this.store.setMeta("paused", { why: "sign_in", at_ms: Date.now(), name: "" });
        return "shut";
      }
      failures = way === "closed" ? failures + 1 : 0;
      if (failures >= GIVE_UP_AFTER) return "on";
      this.set({ sending: undefined });
      const before = parcels.length;
      parcels = await waiting();
      this.has_settled ||= parcels.length < before;
      await this.recount();
      this.wire?.postMessage("changed");
    }
  }

  private async fetchDay(is_forced: boolean): Promise<void> {
    const fetched = await refresh(this.store, is_forced);
    if (fetched.is !== "failed") this.has_settled = false;
    this.set({ fetched: fetched.is === "failed" ? fetched.why : "ok" });
    this.set({ bundle_ms: (await heldBundle(this.store))?.got_ms });
    if (fetched.is === "fresh") await pruneOld(this.store);
  }

  private async giveUpThePhone(): Promise<void> {
    const is_empty = await wipe(this.store);
    if (is_empty) await setHere(undefined);
  }

  private async recount(): Promise<void> {
    const now = await counts(this.store);
    this.set({ ...now, tick: this.state.tick + 1 });
  }

  private set(change: Partial<SyncState>): void {
    this.state = { ...this.state, ...change };
    for (const hear of [...this.heard]) hear();
  }

  private onOnline = (): void => void this.kick("online");
  private onOffline = (): void => this.set({ signal: "offline" });
  private onVisible = (): void => {
    if (document.visibilityState === "visible") void this.kick("visible");
  };
}
