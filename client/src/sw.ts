/**
 * The worker that opens the client without signal. The server puts FIELD before this text: what to take in, under which name.
 * It holds the shell and nothing else: uploads and data never pass through it, drafts and photos lie in the page's database.
 */

export {};
interface Given {
  /** Name of this version's cache: a digest of everything in it. */
  name: string;
  /** Address of the shell, and the addresses it answers for. */
  shell: string;
  pages: string[];
  /** Files with the digest they must have, so that no half-updated server can give us a mixture. */
  files: { url: string; integrity: string }[];
  /** Switched off by the administrator: take the worker out and leave the page to the network. */
  is_off: boolean;
}

declare const self: ServiceWorkerGlobalScope & { FIELD: Given };
const { name, shell, pages, files, is_off } = self.FIELD;
const ours = /^field-shell-/;

self.addEventListener("install", (event) => {
  if (is_off) event.waitUntil(self.skipWaiting());
  else event.waitUntil(takeIn());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(is_off ? leave() : dropOld());
});

self.addEventListener("message", (event) => {
  if (event.data === "apply") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (is_off || request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/field/api/")) return;
  if (request.mode === "navigate") {
    if (pages.includes(url.pathname)) event.respondWith(held(shell, request));
    return;
  }
  if (files.some((one) => one.url === url.pathname)) event.respondWith(held(url.pathname, request));
});

/** Everything or nothing: a version that is not complete is never installed. */
async function takeIn(): Promise<void> {
  const cache = await caches.open(name);
  const wanted = [new Request(shell, { cache: "reload" }), ...files.map(({ url, integrity }) => new Request(url, { cache: "reload", integrity }))];
  await cache.addAll(wanted);
}

async function dropOld(): Promise<void> {
  for (const key of await caches.keys()) if (ours.test(key) && key !== name) await caches.delete(key);
  await self.clients.claim();
}

async function leave(): Promise<void> {
  for (const key of await caches.keys()) if (ours.test(key)) await caches.delete(key);
  await self.registration.unregister();
}

async function held(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  return (await cache.match(url)) ?? fetch(request);
}
