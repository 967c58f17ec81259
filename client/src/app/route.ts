/** Where in the client one is: the part of the address after #, so that no step needs the network. */

import { useEffect, useState } from "preact/hooks";

export function here(): string[] {
  if (location.pathname.endsWith("/selftest")) return ["selftest"];
  return location.hash.replace(/^#?\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}

export function go(to: string): void {
  location.hash = `/${to}`;
}

/** As `go`, without a step back to the screen that is left: it no longer exists. */
export function goInstead(to: string): void {
  history.replaceState(null, "", `${location.pathname}#/${to}`);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

export function back(otherwise = ""): void {
  if (history.length > 1) history.back();
  else go(otherwise);
}

export function useRoute(): string[] {
  const [route, set] = useState(here);
  useEffect(() => {
    const hear = (): void => {
      set(here());
      window.scrollTo(0, 0);
    };
    window.addEventListener("hashchange", hear);
    return () => window.removeEventListener("hashchange", hear);
  }, []);
  return route;
}
