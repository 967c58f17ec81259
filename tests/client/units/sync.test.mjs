import assert from "node:assert/strict";
import test from "node:test";
import { classify } from "../../../client/src/sync/outcome";
import { backoff, CHUNK, CHUNK_FLOOR, isDue, nextStep, Pace, stepKey } from "../../../client/src/sync/plan";

const ours = (status, body) => classify({ status, body: { ok: status < 300, ...body } });

test("only an answer of ours counts as received", () => {
  assert.equal(ours(200, { id: 1 }).is, "ok");
  assert.equal(ours(201, {}).is, "ok");
  assert.deepEqual(classify({ status: 200, body: undefined }), { is: "later", why: "portal" });
  assert.deepEqual(classify({ status: 200, body: { welcome: "wifi" } }), { is: "later", why: "portal" });
  assert.deepEqual(classify({ status: 200, body: { ok: false } }), { is: "later", why: "portal" });
  assert.deepEqual(classify({ status: 302, body: undefined }), { is: "later", why: "portal" });
  assert.deepEqual(classify({ status: 403, body: undefined }), { is: "later", why: "portal" });
});

test("each failure is of the class the protocol names", () => {
  assert.equal(ours(401, { code: "signed_out" }).is, "sign_in");
  assert.equal(ours(403, { code: "not_field" }).is, "forbidden");
  assert.equal(ours(404, { code: "not_found" }).is, "absent");
  assert.deepEqual(ours(409, { code: "conflict" }), { is: "conflict" });
  assert.deepEqual(ours(409, { code: "offset", offset: 512 }), { is: "conflict", offset: 512 });
  assert.equal(ours(460, { code: "damaged" }).is, "damaged");
  assert.equal(ours(400, { code: "damaged" }).is, "damaged");
  assert.equal(ours(400, { code: "bad_request", say: "缺少位置" }).say, "缺少位置");
  assert.equal(classify({ status: 413, body: undefined }).is, "too_large"); // a gateway's answer is none of ours
  for (const status of [423, 425, 429]) assert.equal(classify({ status, body: undefined }).why, "busy");
  for (const status of [500, 502, 503, 504]) assert.equal(classify({ status, body: undefined }).why, "server");
  assert.equal(classify({ status: 404, body: undefined }).is, "later");
  assert.equal(classify({ status: 409, body: undefined }).is, "later");
});

test("what the server asks to wait is waited", () => {
  assert.equal(classify({ status: 503, body: undefined, retry_after: "300" }).after_s, 300);
  assert.ok(backoff(1, 0, 300) >= 300_000);
});

test("pauses grow to five minutes and differ from phone to phone", () => {
  assert.equal(backoff(1, 0.5), 2_000);
  assert.equal(backoff(4, 0.5), 16_000);
  assert.equal(backoff(50, 0.5), 300_000);
  assert.notEqual(backoff(3, 0.1), backoff(3, 0.9));
});

const parcel = (id, made_ms, more = {}) => ({ id, made_ms, is_urgent: false, state: "waiting", next_ms: 0, is_text_sent: false, attachments: [], ...more });

test("accidents whole, then all text, then photos oldest first", () => {
  const parcels = [parcel("b", 2), parcel("a", 1, { is_text_sent: true }), parcel("sos", 3, { is_urgent: true }), parcel("c", 4)];
  const tried = new Set();
  const order = [];
  for (let step = nextStep(parcels, tried, 10); step; step = nextStep(parcels, tried, 10)) {
    order.push(stepKey(step));
    tried.add(stepKey(step));
    if (step.part === "text") step.parcel.is_text_sent = true;
  }
  assert.deepEqual(order, ["sos text", "sos photos", "b text", "c text", "a photos", "b photos", "c photos"]);
});

test("what needs a person or is not due is left alone", () => {
  const now = 1_000_000;
  assert.equal(isDue(parcel("a", 1, { state: "attention" }), now), false);
  assert.equal(isDue(parcel("a", 1, { next_ms: now + 60_000 }), now), false);
  assert.equal(isDue(parcel("a", 1, { next_ms: now + 2 * 3_600_000 }), now), true); // the phone's clock went back
});

test("chunks are halved where they are too much and grow again where it goes fast", () => {
  const pace = new Pace();
  assert.equal(pace.size, CHUNK);
  pace.timedOut();
  assert.equal(pace.size, CHUNK); // once is chance
  pace.timedOut();
  assert.equal(pace.size, CHUNK / 2);
  while (pace.tooLarge());
  assert.equal(pace.size, CHUNK_FLOOR);
  pace.went(5_000);
  assert.equal(pace.size, CHUNK_FLOOR);
  pace.went(200);
  assert.equal(pace.size, CHUNK_FLOOR * 2);
});
