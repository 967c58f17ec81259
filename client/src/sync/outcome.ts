/** What an answer means. A 200 alone means nothing: any hotel's wireless answers so. Pure: tested by node. */

export type Later = "offline" | "timeout" | "server" | "portal" | "busy";

export type Outcome<T> =
  | { is: "ok"; body: T; status: number; etag: string }
  | { is: "same" }
  | { is: "later"; why: Later; after_s?: number }
  | { is: "sign_in" }
  | { is: "forbidden"; code: string; say: string }
  | { is: "too_large" }
  | { is: "conflict"; offset?: number }
  | { is: "damaged" }
  | { is: "absent" }
  | { is: "refused"; code: string; say: string };

export interface Seen {
  status: number;
  /** Parsed JSON, or undefined where it was none. */
  body: unknown;
  retry_after?: string | null;
  etag?: string | null;
}

interface Refusal {
  ok: false;
  code: string;
  say?: string;
  offset?: number;
}

export function classify<T>(seen: Seen): Outcome<T> {
  const { status, body } = seen;
  if (status === 304) return { is: "same" };
  if (status >= 200 && status < 300) {
    return isOurs(body, true) ? { is: "ok", body: body as T, status, etag: seen.etag ?? "" } : { is: "later", why: "portal" };
  }
  if (status < 400) return { is: "later", why: "portal" }; // sent elsewhere: to some sign-in page that is not ours
  if (status === 413) return { is: "too_large" };
  if (status === 423 || status === 425 || status === 429) return later("busy", seen);
  if (status >= 500) return later("server", seen);
  if (!isOurs(body, false)) return { is: "later", why: status === 401 || status === 403 || status === 511 ? "portal" : "server" };
  return refusal(status, body as Refusal);
}

function refusal<T>(status: number, body: Refusal): Outcome<T> {
  switch (status) {
    case 401:
      return { is: "sign_in" };
    case 403:
      return { is: "forbidden", code: body.code, say: body.say ?? "" };
    case 404:
      return { is: "absent" };
    case 409:
      return body.code === "offset" && body.offset !== undefined ? { is: "conflict", offset: body.offset } : { is: "conflict" };
    case 460:
      return { is: "damaged" };
    default:
      return body.code === "damaged" ? { is: "damaged" } : { is: "refused", code: body.code, say: body.say ?? "" };
  }
}

function isOurs(body: unknown, ok: boolean): boolean {
  return typeof body === "object" && body !== null && (body as { ok?: unknown }).ok === ok;
}

function later<T>(why: Later, seen: Seen): Outcome<T> {
  const after_s = Number(seen.retry_after);
  return seen.retry_after && after_s > 0 ? { is: "later", why, after_s } : { is: "later", why };
}
