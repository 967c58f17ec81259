/** What every screen stands on: whose database, the sync, what the town gave for the day. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Store } from "../store/store";
import type { Held } from "../store/town";
import type { Sync, SyncState } from "../sync/engine";
import type { Bundle, Firm, User } from "../wire";

export interface App {
  store: Store;
  sync: Sync;
  user: User | undefined;
  held: Held | undefined;
  /** Shows a sentence at the foot of the screen; a failure stays until it is put away. */
  say(words: string, tone?: "ok" | "late"): void;
  /** Opens another person's own database. */
  change(uid: number): Promise<void>;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("outside the app");
  return app;
}

export function useSync(): SyncState {
  const { sync } = useApp();
  const [state, set] = useState(sync.state);
  useEffect(() => {
    set(sync.state);
    return sync.listen(() => set(sync.state));
  }, [sync]);
  return state;
}

/** What a read of the stores gives, read anew whenever they changed. undefined: not there yet. */
export function useLive<T>(read: () => Promise<T>, keys: readonly unknown[]): T | undefined {
  const { tick } = useSync();
  const [value, set] = useState<T>();
  useEffect(() => {
    let is_wanted = true;
    void read().then(
      (found) => is_wanted && set(() => found),
      () => undefined,
    );
    return () => void (is_wanted = false);
  }, [tick, ...keys]);
  return value;
}

export function firmOf(bundle: Bundle | undefined, id: number | null): Firm | undefined {
  return id === null ? undefined : bundle?.enterprises.find((one) => one.id === id);
}

export function nameOf(terms: readonly { code: string; name: string }[] | undefined, code: string): string {
  return terms?.find((one) => one.code === code)?.name ?? code;
}
