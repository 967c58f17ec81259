/** One request to the town. POST only, because hardened gateways let nothing else through. */

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
    // The body may break off too: it is read inside the same timeout and the same net.
    const text = answer.status === 304 ? "" : await answer.text();
    return classify<T>({
      status: answer.type === "opaqueredirect" ? 302 : answer.status,
      body: parsed(text),
      retry_after: answer.headers.get("Retry-After"),
      etag: answer.headers.get("ETag"),
    });
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
