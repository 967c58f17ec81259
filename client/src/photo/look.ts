/** What a picture's first bytes say: its kind, its size, which way it was held. Pure: tested by node. */

export interface Look {
  kind: "jpeg" | "png" | "webp" | "gif" | "heic" | "unknown";
  /** As stored, before turning. */
  width: number;
  height: number;
  /** EXIF orientation 1 to 8. */
  orientation: number;
}

export function look(bytes: ArrayBuffer): Look {
  const view = new DataView(bytes);
  const found: Look = { kind: "unknown", width: 0, height: 0, orientation: 1 };
  if (view.byteLength < 16) return found;
  if (view.getUint16(0) === 0xffd8) return jpeg(view, { ...found, kind: "jpeg" });
  if (view.getUint32(0) === 0x89504e47) return { ...found, kind: "png", ...(view.byteLength > 24 ? { width: view.getUint32(16), height: view.getUint32(20) } : {}) };
  if (text(view, 0) === "RIFF" && text(view, 8) === "WEBP") return { ...found, kind: "webp" };
  if (text(view, 0).startsWith("GIF")) return { ...found, kind: "gif" };
  if (text(view, 4) === "ftyp" && /^(he[im]|hevc|mif1|msf1|avif)/.test(text(view, 8))) return { ...found, kind: "heic" };
  return found;
}

/** Whether a JPEG ends as one should: half a file is no evidence. */
export function isWhole(bytes: ArrayBuffer): boolean {
  const tail = new Uint8Array(bytes, Math.max(0, bytes.byteLength - 4_096));
  for (let at = tail.length - 2; at >= 0; at--) if (tail[at] === 0xff && tail[at + 1] === 0xd9) return true;
  return false;
}

function jpeg(view: DataView, found: Look): Look {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) break;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && text(view, at + 4) === "Exif") found.orientation = orientation(view, at + 10, at + 2 + length);
    const is_frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (is_frame) return { ...found, height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + length;
  }
  return found;
}

function orientation(view: DataView, start: number, end: number): number {
  const limit = Math.min(end, view.byteLength);
  if (start + 8 > limit) return 1;
  const little = view.getUint16(start) === 0x4949;
  let at = start + view.getUint32(start + 4, little);
  if (at + 2 > limit) return 1;
  const entries = view.getUint16(at, little);
  at += 2;
  for (let n = 0; n < entries && at + 12 <= limit; n++, at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
