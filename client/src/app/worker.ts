/** Putting the service worker to work, and telling when a newer version waits. It takes over at the next start, or on a press. */

let told: (() => void) | undefined;
let waiting: ServiceWorker | null = null;

export function takeWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker
    .register("/field/sw.js", { scope: "/field/", updateViaCache: "none" })
    .then((registration) => {
      const look = (): void => {
        // The very first one waits for nobody: only a page that already runs from a worker can be out of date.
        waiting = navigator.serviceWorker.controller ? registration.waiting : null;
        if (waiting) told?.();
      };
      look();
      registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
      });
    })
    .catch(() => undefined); // without it the page works as long as it stays open; the self-test says so
}

export function onNewVersion(tell: () => void): () => void {
  told = tell;
  if (waiting) tell();
  return () => void (told = undefined);
}

/** Starts the newer version now. Only offered where no visit is being made. */
export function applyNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("apply");
}
