import assert from "node:assert/strict";
import test from "node:test";
import { itemKey, nextUnanswered, stretches, wantsPhoto } from "../../../client/src/record/checklist";
import { formBody, lacks } from "../../../client/src/record/forms";
import { missing, newFinding, newVisit, quietOn, similar, visitBody } from "../../../client/src/record/visit";

const item = (key, section, more = {}) => ({ key, section, text: `${key}？`, hint: "", basis: [], answer: "yn", choices: [], level: "minor", photo: "optional", place: false, days: 15, show_if: null, required: true, ...more });
const list = (code, items, sections) => ({ code, annex: "附件", title: code, number: 1, is_draft: true, sections, items });
const fire = list("F7", [item("1", "门口"), item("2", "车间", { show_if: { item: "1", op: "is", value: "ok" } }), item("3", "车间", { show_if: { item: "2", op: "is_not", value: "na" } })], [{ title: "车间", order: 2 }, { title: "门口", order: 1 }]);
const illegal = list("LW", [item("7", "取证", { photo: "required" })], [{ title: "取证", order: 1 }]);
const firm = { id: 5, checklists: ["F7"], quiet: [{ from: "2026-12-01", to: "2026-12-25" }], open_findings: [{ id: "o1", checklist: "F7", item: "1", category: "fire" }, { id: "o2", checklist: "", item: "", category: "env" }] };
const keys = (answers) => stretches([fire], answers).flatMap((one) => one.asked.map((asked) => asked.key));

test("items come in walking order, and only those that are asked", () => {
  assert.deepEqual(keys({}), ["F7.1"]);
  assert.deepEqual(keys({ "F7.1": { value: "ok" } }), ["F7.1", "F7.2"]);
  assert.deepEqual(keys({ "F7.1": { value: "ok" }, "F7.2": { value: "ok" } }), ["F7.1", "F7.2", "F7.3"]);
  // What hangs on an item that is not asked is not asked either, whatever was answered before.
  assert.deepEqual(keys({ "F7.1": { value: "bad" }, "F7.2": { value: "ok" } }), ["F7.1"]);
});

test("the next unanswered one is found onwards, then from the beginning", () => {
  const asked = ["a", "b", "c"].map((key) => ({ key }));
  assert.equal(nextUnanswered(asked, { b: { value: "ok" } }, "a").key, "c");
  assert.equal(nextUnanswered(asked, { c: { value: "ok" } }, "b").key, "a");
  assert.equal(nextUnanswered(asked, { a: { value: "ok" }, b: { value: "ok" }, c: { value: "na" } }, "a"), undefined);
});

test("nothing is chosen beforehand", () => {
  const made = newVisit(firm, [{ code: "F7", sha256: "x" }, { code: "ENV", sha256: "y" }]);
  assert.equal(made.nature, "");
  assert.deepEqual(made.answers, {});
  assert.equal(made.acknowledgement.how, "");
  assert.deepEqual(made.sets, [{ code: "F7", sha256: "x" }]);
  const finding = newFinding("F7", "1", "1？", "");
  assert.equal(finding.level, "");
  assert.equal(finding.deadline, null);
});

test("quiet days mind ordinary visits only", () => {
  assert.ok(quietOn(firm, { code: "routine", name: "", guarded: true }, "2026-12-03"));
  assert.equal(quietOn(firm, { code: "invited", name: "", guarded: false }, "2026-12-03"), undefined);
  assert.equal(quietOn(firm, undefined, "2026-11-30"), undefined);
});

test("a similar open finding is of the same item; without an item, of the same category", () => {
  assert.equal(similar(firm, "F7", "1", "", [])?.id, "o1");
  assert.equal(similar(firm, "F7", "1", "", ["o1"]), undefined);
  assert.equal(similar(firm, "F7", "2", "env", []), undefined);
  assert.equal(similar(firm, "", "", "env", [])?.id, "o2");
});

test("what is missing is said, and only what makes it no record is insisted upon", () => {
  const data = { ...newVisit(firm, [{ code: "F7", sha256: "x" }]) };
  const must = () => missing(data, [fire], []).filter((one) => one.must).length;
  assert.equal(must(), 2); // nature, acknowledgement
  data.nature = "routine";
  data.findings = [newFinding("F7", "1", "1？", "")];
  assert.equal(must(), 2);
  data.findings[0].text = "堆了纸箱";
  data.findings[0].level = "minor";
  data.acknowledgement = { how: "absent", name: "", reason: "厂门关着", strokes: [] };
  assert.equal(must(), 0);
  assert.equal(missing(data, [fire], []).length, 1); // unanswered: may be left
});

test("a picture is asked for only where the list demands it", () => {
  const asked = { key: "LW.7", list: illegal, item: illegal.items[0] };
  const data = newVisit(firm, []);
  assert.equal(wantsPhoto(asked, data, new Set()), true);
  assert.equal(wantsPhoto(asked, data, new Set(["LW.7"])), false);
  data.answers["LW.7"] = { value: "na", note: "" };
  assert.equal(wantsPhoto(asked, data, new Set()), false);
  assert.equal(wantsPhoto({ key: "F7.1", list: fire, item: fire.items[0] }, data, new Set()), false);
});

test("the body says what was answered, with photos where they belong", () => {
  const data = newVisit(firm, [{ code: "F7", sha256: "x" }]);
  data.answers[itemKey("F7", "1")] = { value: "bad", note: "东侧" };
  const finding = { ...newFinding("F7", "1", "1？", ""), text: "堆了纸箱" };
  data.findings = [finding];
  data.acknowledgement = { how: "signature", name: "王", reason: "", strokes: [1, 2] };
  const photos = [{ id: "p1", where: finding.id, role: "photo" }, { id: "p2", where: "F7.1", role: "photo" }, { id: "s", where: "sign", role: "signature" }];
  const body = visitBody(data, [fire], photos, 99);
  assert.deepEqual(body.checklists, [{ code: "F7", sha256: "x", answers: [{ item: "1", repeat: 0, value: "bad", note: "东侧", text: "1？", photos: ["p2"] }] }]);
  assert.deepEqual(body.findings[0].photos, ["p1"]);
  assert.deepEqual(body.acknowledgement, { how: "signature", name: "王", reason: "", attachment: "s" });
  assert.equal(body.finished_ms, 99);
});

test("photos of a firm's answer travel with that answer", () => {
  const data = { alert: 3, replies: [{ enterprise: 5, state: "in_place", note: "", at_ms: 1 }] };
  assert.deepEqual(formBody("alert", data, [{ id: "p", where: "e5" }]).replies[0].photos, ["p"]);
  assert.deepEqual(formBody("demand", { text: "灯" }, [{ id: "p", where: "" }]), { text: "灯", photos: ["p"] });
});

test("an accident needs only what it is; other records one sentence", () => {
  assert.equal(lacks("accident", { what: "fire" }), "");
  assert.notEqual(lacks("accident", { what: "" }), "");
  assert.equal(lacks("demand", { text: "灯坏了" }), "");
  assert.notEqual(lacks("meeting", { topic: "例会", topics: [], attendance: [] }), "");
});
