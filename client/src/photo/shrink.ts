/** Making a picture small enough for a bad line and large enough for evidence: 1600 points, about 300 KB. One at a time. */

import { isWhole, look, type Look } from "./look";

const LONG_SIDE = 1600;
const QUALITY = 0.7;
const THUMB_SIDE = 200;
const MOST_BYTES = 40 * 1024 * 1024;
const AS_IS_BYTES = 3 * 1024 * 1024;
/** More points than this turn black or white on some phones when drawn. */
const MOST_POINTS = 16_700_000;

export interface Shrunk {
  bytes: ArrayBuffer;
  type: string;
  thumb_url: string;
}

/** Why a picture was not taken, in words that say what to do. Nothing else is lost by it. */
export class BadPhoto extends Error {}

interface Drawn {
  source: CanvasImageSource;
  width: number;
  height: number;
  release(): void;
}

export async function shrink(bytes: ArrayBuffer): Promise<Shrunk> {
  if (bytes.byteLength === 0) throw new BadPhoto("这张照片是空的，请重拍。");
  if (bytes.byteLength > MOST_BYTES) throw new BadPhoto("这张照片超过40MB，放不下。请用相机的普通模式重拍，或截图后再选。");
  const seen = look(bytes);
  const drawn = await draw(bytes, seen).catch(() => undefined);
  if (!drawn) return asIs(bytes, seen);
  try {
    const scale = Math.min(1, LONG_SIDE / Math.max(drawn.width, drawn.height));
    const small = await paint(drawn, scale, QUALITY);
    const thumb = await paint(drawn, Math.min(1, THUMB_SIDE / Math.max(drawn.width, drawn.height)), 0.6);
    const out = look(small);
    if (out.kind !== "jpeg" || !isWhole(small)) return asIs(bytes, seen);
    return { bytes: small, type: "image/jpeg", thumb_url: await dataUrl(thumb, "image/jpeg") };
  } catch {
    return asIs(bytes, seen);
  } finally {
    drawn.release();
  }
}

/** Reading a file from the picker: at once and whole, because the handle may be dead a moment later. */
export function readFile(file: File): Promise<ArrayBuffer> {
  if (file.size > MOST_BYTES) return Promise.reject(new BadPhoto("这张照片超过40MB，放不下。请用相机的普通模式重拍，或截图后再选。"));
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(new BadPhoto("这张照片读不出来，请重拍或另选一张。"));
    reader.readAsArrayBuffer(file);
  });
}

export function dataUrl(bytes: ArrayBuffer, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new BadPhoto("照片显示不出来。"));
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}

async function draw(bytes: ArrayBuffer, seen: Look): Promise<Drawn> {
  const blob = new Blob([bytes], { type: seen.kind === "unknown" ? "" : `image/${seen.kind}` });
  try {
    const bitmap = await bitmapOf(blob, seen);
    return { source: bitmap, width: bitmap.width, height: bitmap.height, release: () => bitmap.close() };
  } catch {
    return viaElement(blob, seen);
  }
}

async function bitmapOf(blob: Blob, seen: Look): Promise<ImageBitmap> {
  // Browsers before 81 do not know this word and refuse the call: then the element below turns the picture by hand.
  const options: ImageBitmapOptions = { imageOrientation: "from-image" };
  if (seen.width * seen.height <= MOST_POINTS) return createImageBitmap(blob, options);
  const turned = seen.orientation > 4;
  const [width, height] = turned ? [seen.height, seen.width] : [seen.width, seen.height];
  const scale = LONG_SIDE / Math.max(width, height);
  const want = { resizeWidth: Math.round(width * scale), resizeHeight: Math.round(height * scale), resizeQuality: "high" as const };
  return createImageBitmap(blob, { ...options, ...want });
}

function viaElement(blob: Blob, seen: Look): Promise<Drawn> {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => {
      const turns_itself = CSS.supports("image-orientation", "from-image");
      const release = (): void => URL.revokeObjectURL(url);
      const plain = { source: image, width: image.naturalWidth, height: image.naturalHeight, release };
      resolve(turns_itself || seen.orientation === 1 ? plain : turned(plain, seen.orientation));
    };
    image.onerror = () => {
      URL.revokeObjectURL(url);
      reject(new BadPhoto("undecodable"));
    };
    image.src = url;
  });
}

/** Turns a picture as its camera was held, for browsers that do not. */
function turned(plain: Drawn, orientation: number): Drawn {
  const scale = Math.min(1, LONG_SIDE / Math.max(plain.width, plain.height));
  const [w, h] = [Math.round(plain.width * scale), Math.round(plain.height * scale)];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = orientation > 4 ? [h, w] : [w, h];
  const pen = canvas.getContext("2d");
  if (!pen) throw new BadPhoto("no canvas");
  const turns: Record<number, [number, number, number, number, number, number]> = {
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  };
  const turn = turns[orientation];
  if (turn) pen.setTransform(...turn);
  pen.drawImage(plain.source, 0, 0, w, h);
  return { source: canvas, width: canvas.width, height: canvas.height, release: plain.release };
}

async function paint(drawn: Drawn, scale: number, quality: number): Promise<ArrayBuffer> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new BadPhoto("no canvas");
  pen.fillStyle = "#fff"; // what was transparent must not turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn.source, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  canvas.width = canvas.height = 0; // some phones free a canvas's memory only then
  if (!blob) throw new BadPhoto("no picture");
  return new Response(blob).arrayBuffer();
}

/** The picture as it came, where it is whole and small; else the reason why not. */
async function asIs(bytes: ArrayBuffer, seen: Look): Promise<Shrunk> {
  if (seen.kind === "heic") {
    throw new BadPhoto("这张照片是HEIC格式，本页打不开。请在手机相机设置里选“兼容性最佳”后重拍，或把照片截图后再选。原照片还在相册里。");
  }
  const is_sound = seen.kind === "jpeg" && seen.width > 0 && isWhole(bytes);
  if (!is_sound) throw new BadPhoto("这张照片打不开，可能没有拍完整，请重拍或另选一张。已经答的和拍的都还在。");
  if (bytes.byteLength > AS_IS_BYTES) throw new BadPhoto("手机内存不够，缩小不了这张照片。请关掉其他程序重拍，或用相机的低分辨率。");
  return { bytes, type: "image/jpeg", thumb_url: "" };
}
