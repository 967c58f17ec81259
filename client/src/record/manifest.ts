/** The digest a receipt is checked against: it covers the body and every photo, so nothing is deleted that did not arrive. */

import { sha256 } from "../kernel/sha256";

export async function manifestDigest(body_sha256: string, attachments: readonly { id: string; sha256: string }[]): Promise<string> {
  const sorted = [...attachments].sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = body_sha256 + sorted.map((one) => one.id + one.sha256).join("");
  return sha256(new TextEncoder().encode(text));
}
