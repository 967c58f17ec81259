import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import test from "node:test";
import { addDays, daysBetween, dueWords, momentWords } from "../../../client/src/kernel/dates";
import { offsetAt, sampled } from "../../../client/src/kernel/clock";
import { sha256, sha256Plain } from "../../../client/src/kernel/sha256";
import { uuid } from "../../../client/src/kernel/uuid";
import { manifestDigest } from "../../../client/src/record/manifest";
import { phoneName } from "../../../client/src/sync/device";

globalThis.crypto ??= webcrypto;

test("our own digest is the standard's, at every length around a block", async () => {
  for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 70_001]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256);
    const right = createHash("sha256").update(bytes).digest("hex");
    assert.equal(sha256Plain(bytes), right, `length ${length}`);
    assert.equal(await sha256(bytes), right);
  }
});

test("a view into a larger buffer is digested as itself", () => {
  const whole = Uint8Array.from({ length: 300 }, (_, at) => at % 256);
  assert.equal(sha256Plain(whole.subarray(7, 207)), createHash("sha256").update(whole.subarray(7, 207)).digest("hex"));
});

test("ids are version 4 UUIDs and never the same", () => {
  const made = new Set(Array.from({ length: 500 }, uuid));
  assert.equal(made.size, 500);
  for (const one of made) assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the receipt's digest covers body and attachments sorted by id", async () => {
  const text = "b0dy" + "aaaa" + "1111" + "bbbb" + "2222";
  const right = createHash("sha256").update(text).digest("hex");
  assert.equal(await manifestDigest("b0dy", [{ id: "bbbb", sha256: "2222" }, { id: "aaaa", sha256: "1111" }]), right);
});

test("the offset is the one of the sample nearest in time", () => {
  const samples = [{ wall_ms: 1_000, offset_ms: 5 }, { wall_ms: 90_000, offset_ms: 3_600_000 }];
  assert.equal(offsetAt([], 5), null);
  assert.equal(offsetAt(samples, 2_000), 5);
  assert.equal(offsetAt(samples, 80_000), 3_600_000);
});

test("a clock three days fast is corrected to the second", () => {
  const three = 3 * 86_400_000;
  const samples = sampled([], 1_000_000 + three, 1_000_400 + three, 1_000_200);
  assert.equal(1_500_000 + three - offsetAt(samples, 1_500_000 + three), 1_500_000);
});

test("a sample that says the same is not kept twice, a moved clock is", () => {
  const first = sampled([], 1_000, 1_000, 1_000);
  assert.equal(sampled(first, 5_000, 5_000, 5_000).length, 1);
  assert.equal(sampled(first, 605_000, 605_000, 5_000).length, 2);
  assert.equal(sampled(first, 100, 100, 100).length, 2); // put back
});

test("days are said as people say them", () => {
  const now = new Date(2026, 10, 23, 9, 0);
  assert.equal(dueWords("2026-11-23", now), "今天到期");
  assert.equal(dueWords("2026-11-30", now), "还有7天");
  assert.equal(dueWords("2026-11-20", now), "超过3天");
  assert.equal(addDays("2026-12-30", 3), "2027-01-02");
  assert.equal(daysBetween("2026-11-23", "2026-12-01"), 8);
  assert.equal(momentWords(new Date(2026, 10, 23, 9, 5).getTime(), now), "09:05");
  assert.equal(momentWords(new Date(2025, 0, 3, 9, 5).getTime(), now), "2025年1月3日 09:05");
});

test("a phone has a name the office can find it by", () => {
  assert.equal(phoneName("Mozilla/5.0 (Linux; Android 10; LYA-AL00 Build/H; wv) MicroMessenger/8.0"), "微信 · LYA-AL00");
  assert.equal(phoneName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari"), "浏览器 · iPhone");
});
