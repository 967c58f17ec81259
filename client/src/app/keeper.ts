/** One draft while it is worked on: changes show at once, are kept one after another, and what could not be kept is said. */

import { useEffect, useState } from "preact/hooks";
import { uuid } from "../kernel/uuid";
import { sha256 } from "../kernel/sha256";
import { addPhoto, dropDraft, getDraft, removePhoto, saveDraft } from "../store/drafts";
import type { Draft, Photo } from "../store/rows";
import { SaveFailed, type Store } from "../store/store";
import { shrink, type Shrunk } from "../photo/shrink";
import { useApp } from "./app";
import type { Role } from "../wire";

export type KeepState = "loading" | "kept" | "keeping" | "failed" | "gone";

export class Keeper<Data extends object = object> {
  draft: Draft<Data> | undefined;
  state: KeepState = "loading";
  fault = "";
  private is_dirty = false;
  private queue: Promise<void> = Promise.resolve();
  private heard = new Set<() => void>();

  constructor(
    private store: Store,
    readonly id: string,
  ) {}

  /** Reads the draft, unless something newer than the kept one is held here. */
  async load(): Promise<void> {
    if (this.is_dirty) return;
    await this.queue;
    if (this.is_dirty) return;
    this.draft = (await getDraft(this.store, this.id)) as Draft<Data> | undefined;
    this.state = this.draft ? "kept" : "gone";
    this.tell();
  }

  isOf(store: Store, id: string): boolean {
    return this.store === store && this.id === id;
  }

  listen(hear: () => void): () => void {
    this.heard.add(hear);
    return () => void this.heard.delete(hear);
  }

  /** Changes the draft's data and keeps it. True once it is durably there; false: it is shown in red why not. */
  change(alter: (data: Data) => Data): Promise<boolean> {
    return this.alter((draft) => ({ ...draft, data: alter(draft.data) }));
  }

  alter(alter: (draft: Draft<Data>) => Draft<Data>): Promise<boolean> {
    if (!this.draft) return Promise.resolve(false);
    this.draft = alter(this.draft);
    this.is_dirty = true;
    this.set("keeping");
    return this.flush();
  }

  /** Keeps whatever is not kept yet. */
  flush(): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this.is_dirty || !this.draft) return;
      this.is_dirty = false;
      try {
        const kept = await saveDraft(this.store, this.draft);
        this.draft = { ...this.draft, rev: kept.rev, touched_ms: kept.touched_ms };
      } catch (fault) {
        this.is_dirty = true;
        throw fault;
      }
    });
  }

  /** Takes a picture in: small, digested, kept together with the draft. Raises BadPhoto where it is none. */
  async photograph(bytes: ArrayBuffer, where: string): Promise<boolean> {
    return this.attach(await shrink(bytes), where, "photo");
  }

  async attach(picture: Shrunk, where: string, role: Role): Promise<boolean> {
    const { bytes, type, thumb_url } = picture;
    const digest = await sha256(bytes);
    const photo: Photo = { id: uuid(), record: this.id, bytes, sha256: digest, size: bytes.byteLength, type, role, made_ms: Date.now() };
    this.set("keeping");
    return this.inTurn(async () => {
      if (!this.draft) return;
      const kept = await addPhoto(this.store, this.draft, photo, where, thumb_url);
      this.draft = { ...this.draft, photos: kept.photos, rev: kept.rev };
    });
  }

  async forget(photo: string): Promise<boolean> {
    return this.inTurn(async () => {
      if (!this.draft) return;
      const kept = await removePhoto(this.store, this.draft, photo);
      this.draft = { ...this.draft, photos: kept.photos, rev: kept.rev };
    });
  }

  private inTurn(work: () => Promise<void>): Promise<boolean> {
    const turn = this.queue.then(async () => {
      try {
        await work();
        this.set(this.is_dirty ? "keeping" : "kept");
        return true;
      } catch (fault) {
        await this.failed(fault);
        return false;
      }
    });
    this.queue = turn.then(() => undefined);
    return turn;
  }

  private async failed(fault: unknown): Promise<void> {
    this.fault = fault instanceof SaveFailed ? fault.say : "刚才这一步没有存下，请再按一次。";
    if (fault instanceof SaveFailed && fault.code === "stale") {
      this.is_dirty = false;
      await this.load().catch(() => undefined);
    }
    this.set("failed");
  }

  private set(state: KeepState): void {
    this.state = state;
    if (state !== "failed") this.fault = "";
    this.tell();
  }

  private tell(): void {
    for (const hear of [...this.heard]) hear();
  }
}

let latest: Keeper | undefined;

/** The keeper of a draft; screens of one draft share it, so that nothing is read twice or written over. */
export function useKeeper<Data extends object>(id: string): Keeper<Data> {
  const { store } = useApp();
  const [keeper, setKeeper] = useState(() => keeperOf<Data>(store, id));
  const [, redraw] = useState(0);
  useEffect(() => {
    const mine = keeperOf<Data>(store, id);
    setKeeper(mine);
    void mine.load().catch(() => undefined);
    return mine.listen(() => redraw((n) => n + 1));
  }, [store, id]);
  return keeper;
}

function keeperOf<Data extends object>(store: Store, id: string): Keeper<Data> {
  if (!latest?.isOf(store, id)) latest = new Keeper(store, id);
  return latest as unknown as Keeper<Data>;
}

/** What was opened and left again with nothing in it leaves nothing behind. */
export function useUntouched(keeper: Keeper<never> | Keeper): void {
  const { store, sync } = useApp();
  useEffect(
    () => () => {
      const { draft, state } = keeper as Keeper;
      const is_untouched = draft?.rev === 1 && draft.photos.length === 0 && state === "kept";
      if (is_untouched) void dropDraft(store, draft.id).then(() => sync.changed(), () => undefined);
    },
    [keeper, store],
  );
}
