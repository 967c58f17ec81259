/**
 * One person's database. Everything is written durably and awaited before anybody is told that it is kept; a dead
 * connection (complaint 7 of the field: browsers drop it behind our back) is reopened once, then the failure is said.
 */

import { openDB, type IDBPDatabase, type IDBPTransaction } from "idb";
import { type Field, type Meta, type StoreName, STORES, VERSION } from "./rows";

export type Tx<Mode extends IDBTransactionMode> = IDBPTransaction<Field, StoreName[], Mode>;

/** A write that did not happen, with the words for it. Never swallowed: whoever catches it shows it in red. */
export class SaveFailed extends Error {
  constructor(
    readonly code: "full" | "stale" | "broken",
    readonly say: string,
  ) {
    super(say);
  }
}

const DEAD = new Set(["InvalidStateError", "UnknownError"]);

export class Store {
  private opened: Promise<IDBPDatabase<Field>> | undefined;
  private isShut = false;

  constructor(readonly uid: number) {}

  get name(): string {
    return `field-${this.uid}`;
  }

  read<T>(names: StoreName[], work: (tx: Tx<"readonly">) => Promise<T>): Promise<T> {
    return this.run(names, "readonly", work);
  }

  write<T>(names: StoreName[], work: (tx: Tx<"readwrite">) => Promise<T>): Promise<T> {
    return this.run(names, "readwrite", work);
  }

  async meta<Key extends keyof Meta>(key: Key): Promise<Meta[Key] | undefined> {
    const row = await this.read(["meta"], (tx) => tx.objectStore("meta").get(key));
    return row?.value as Meta[Key] | undefined;
  }

  async setMeta<Key extends keyof Meta>(key: Key, value: Meta[Key] | undefined): Promise<void> {
    await this.write(["meta"], async (tx) => {
      const meta = tx.objectStore("meta");
      if (value === undefined) await meta.delete(key);
      else await meta.put({ key, value });
    });
  }

  close(): void {
    this.isShut = true;
    void this.opened?.then((db) => db.close());
    this.opened = undefined;
  }

  private async run<T, Mode extends "readonly" | "readwrite">(
    names: StoreName[],
    mode: Mode,
    work: (tx: Tx<Mode>) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.once(names, mode, work);
    } catch (fault) {
      if (!isDead(fault)) throw asSaveFailed(fault);
    }
    this.drop();
    try {
      return await this.once(names, mode, work);
    } catch (fault) {
      throw asSaveFailed(fault);
    }
  }

  private async once<T, Mode extends "readonly" | "readwrite">(
    names: StoreName[],
    mode: Mode,
    work: (tx: Tx<Mode>) => Promise<T>,
  ): Promise<T> {
    const db = await this.open();
    // Browsers before 83 do not know the option; their writes were strict anyway.
    const tx = db.transaction(names, mode, { durability: "strict" }) as unknown as Tx<Mode>;
    const done = tx.done;
    done.catch(() => undefined); // awaited below on every way out
    let result: T;
    try {
      result = await work(tx);
    } catch (fault) {
      try {
        tx.abort();
      } catch {
        // it was aborted already, which is why we are here
      }
      await done.catch(() => undefined);
      throw tx.error ?? fault;
    }
    await done;
    return result;
  }

  private open(): Promise<IDBPDatabase<Field>> {
    if (this.isShut) throw new SaveFailed("broken", "数据库已关闭，请重新打开本页。");
    this.opened ??= openDB<Field>(this.name, VERSION, {
      upgrade: make,
      blocking: () => this.drop(), // a newer page wants to change the tables: let it
      terminated: () => (this.opened = undefined),
    }).catch((fault: unknown) => {
      this.opened = undefined;
      throw fault;
    });
    return this.opened;
  }

  private drop(): void {
    void this.opened?.then((db) => db.close()).catch(() => undefined);
    this.opened = undefined;
  }
}

/** Makes the tables. Later versions may only add: a phone may come with a full outbox of an old one. */
function make(db: IDBPDatabase<Field>): void {
  const keys: Partial<Record<StoreName, string>> = { meta: "key", bundle: "key", templates: "sha256", pending_capture: "key" };
  for (const name of STORES) {
    if (db.objectStoreNames.contains(name)) continue;
    const store = db.createObjectStore(name, { keyPath: keys[name] ?? "id" }) as unknown as IDBObjectStoreLike;
    if (name === "photos" || name === "thumbs") store.createIndex("record", "record");
    if (name === "outbox") store.createIndex("state", "state");
    if (name === "receipts") store.createIndex("got", "got_ms");
  }
}

interface IDBObjectStoreLike {
  createIndex(name: string, path: string): unknown;
}

function isDead(fault: unknown): boolean {
  return fault instanceof DOMException && DEAD.has(fault.name);
}

function asSaveFailed(fault: unknown): unknown {
  if (fault instanceof SaveFailed) return fault;
  if (fault instanceof DOMException && fault.name === "QuotaExceededError") {
    return new SaveFailed("full", "手机存储满了，刚才这一步没有存下。请先联网上传，或清理手机空间，再按一次。");
  }
  // Chromium writes what is large into files of its own; a full disk stops it before any quota does, and it says only this.
  if (fault instanceof DOMException && fault.name === "DataError" && fault.message.includes("IOError")) {
    return new SaveFailed("full", "写不进手机，多半是手机存储满了，刚才这一步没有存下。请先联网上传，或清理手机空间，再按一次。");
  }
  if (fault instanceof DOMException) {
    return new SaveFailed("broken", "刚才这一步没有存下。请不要关闭本页，再按一次；还不行请重新打开本页。");
  }
  return fault;
}
