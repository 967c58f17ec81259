import assert from "node:assert/strict";
import test from "node:test";
import { crc32, zip } from "../../../client/src/lazy/zip";
import { isWhole, look } from "../../../client/src/photo/look";

/** A JPEG's beginning: Exif with one orientation entry, then a frame header of 4000 × 3000. */
function jpeg(orientation, little) {
  const view = new DataView(new ArrayBuffer(64));
  view.setUint16(0, 0xffd8);
  view.setUint16(2, 0xffe1);
  view.setUint16(4, 34);
  [..."Exif"].forEach((letter, at) => view.setUint8(6 + at, letter.charCodeAt(0)));
  view.setUint16(12, little ? 0x4949 : 0x4d4d);
  view.setUint16(14, 42, little);
  view.setUint32(16, 8, little);
  view.setUint16(20, 1, little);
  view.setUint16(22, 0x0112, little);
  view.setUint16(24, 3, little);
  view.setUint32(26, 1, little);
  view.setUint16(30, orientation, little);
  view.setUint16(38, 0xffc0);
  view.setUint16(40, 17);
  view.setUint16(43, 3000);
  view.setUint16(45, 4000);
  view.setUint16(62, 0xffd9);
  return view.buffer;
}

test("size and the way it was held are read from the first bytes", () => {
  for (const little of [true, false]) {
    assert.deepEqual(look(jpeg(6, little)), { kind: "jpeg", width: 4000, height: 3000, orientation: 6 });
  }
  assert.equal(look(jpeg(77, true)).orientation, 1);
});

test("kinds are told by content, whatever the name says", () => {
  const bytes = (text) => Uint8Array.from(text.padEnd(40, "\0"), (letter) => letter.charCodeAt(0)).buffer;
  assert.equal(look(bytes("\0\0\0\x18ftypheic")).kind, "heic");
  assert.equal(look(bytes("\0\0\0\x18ftypmif1")).kind, "heic");
  assert.equal(look(bytes("RIFF\0\0\0\0WEBPVP8 ")).kind, "webp");
  assert.equal(look(bytes("GIF89a")).kind, "gif");
  assert.equal(look(bytes("<svg onload=1>")).kind, "unknown");
  assert.equal(look(new ArrayBuffer(3)).kind, "unknown");
});

test("hostile lengths end the reading, not the page", () => {
  const view = new DataView(jpeg(6, true));
  view.setUint16(4, 0xffff);
  view.setUint32(16, 0xfffffff0, true);
  assert.equal(look(view.buffer).kind, "jpeg");
  for (let cut = 2; cut < 64; cut++) look(jpeg(6, true).slice(0, cut));
});

test("half a picture is not whole", () => {
  assert.equal(isWhole(jpeg(1, true)), true);
  assert.equal(isWhole(jpeg(1, true).slice(0, 60)), false);
});

test("the export is a .zip any program opens", async () => {
  const bytes = (text) => new TextEncoder().encode(text);
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  const made = new DataView(await (await zip([{ name: "说明.txt", bytes: bytes("在") }, { name: "b", bytes: bytes("") }])).arrayBuffer());
  assert.equal(made.getUint32(0, true), 0x04034b50);
  const end = made.byteLength - 22;
  assert.equal(made.getUint32(end, true), 0x06054b50);
  assert.equal(made.getUint16(end + 10, true), 2);
  assert.equal(made.getUint32(made.getUint32(end + 16, true), true), 0x02014b50);
});
