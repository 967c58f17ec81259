/** One request to the town. POST only, because hardened gateways let nothing else through. */

import { sha256 } from "../kernel/sha256";
import { classify, type Outcome } from "./outcome";

const ROOT = "/field/api/";
/** A hung request must not hold the lock all other tabs wait for. */
const TIMEOUT_MS = 60_000;

export interface Ask {
  /** Sent as POST; without it the request is a GET. */
  body?: BodyInit;
  /** The meaning of a POST that is none. */
  override?: "PUT" | "PATCH" | "HEAD";
  headers?: Record<string, string>;
  root?: string;
}

export async function call<T>(path: string, ask: Ask = {}): Promise<Outcome<T>> {
  const seen = await reach(path, ask);
  return "is" in seen ? seen : classify<T>({ ...seen, body: parsed(seen.text) });
}

/** A text that never changes and proves itself by its digest; an answer in our own envelope will do as well. */
export async function callText<T>(path: string, digest: string): Promise<Outcome<T>> {
  const seen = await reach(path, {});
  if ("is" in seen) return seen;
  const body = parsed(seen.text);
  const is_proven = seen.status === 200 && (await sha256(new TextEncoder().encode(seen.text))) === digest;
  return is_proven ? { is: "ok", body: body as T, status: 200, etag: "" } : classify<T>({ ...seen, body });
}

type Reached = { status: number; text: string; retry_after: string | null; etag: string | null };

async function reach(path: string, ask: Ask): Promise<Reached | { is: "later"; why: "timeout" | "offline" }> {
  const is_post = ask.body !== undefined || ask.override !== undefined;
  const headers: Record<string, string> = { "X-Qinqing-Field": "1", Accept: "application/json", ...ask.headers };
  if (ask.override) headers["X-HTTP-Method-Override"] = ask.override;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const answer = await fetch((ask.root ?? ROOT) + path, {
      method: is_post ? "POST" : "GET",
      headers,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      signal: stop.signal,
      ...(ask.body === undefined ? {} : { body: ask.body }),
    });
    return {
      status: answer.type === "opaqueredirect" ? 302 : answer.status,
      // The body may break off too: it is read inside the same timeout and the same net.
      text: answer.status === 304 ? "" : await answer.text(),
      retry_after: answer.headers.get("Retry-After"),
      etag: answer.headers.get("ETag"),
    };
  } catch {
    return { is: "later", why: stop.signal.aborted ? "timeout" : "offline" };
  } finally {
    clearTimeout(timer);
  }
}

export function post<T>(path: string, body: object): Promise<Outcome<T>> {
  return call<T>(path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
