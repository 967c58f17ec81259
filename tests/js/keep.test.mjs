import assert from "node:assert/strict";
import test from "node:test";
import { gather, isKept, nameOf, putBack, tidy } from "../../src/qinqing/web/static/js/parts/keep.js";

const text = (name, value, defaultValue = "") => ({ name, type: "text", value, defaultValue, tagName: "INPUT" });
const box = (name, value, checked, defaultChecked = false) => ({ name, type: "checkbox", value, checked, defaultChecked });

test("passwords, files and hidden fields are not kept, the press key is", () => {
  assert.equal(isKept({ name: "p", type: "password" }), false);
  assert.equal(isKept({ name: "f", type: "file" }), false);
  assert.equal(isKept({ name: "csrfmiddlewaretoken", type: "hidden" }), false);
  assert.equal(isKept({ name: "press_key", type: "hidden" }), true);
  assert.equal(isKept({ name: "t", type: "textarea" }), true);
  assert.equal(isKept({ type: "text" }), false);
});

test("what was typed comes back", () => {
  const held = gather([text("title", "路灯"), box("office", "1", true), box("office", "2", false)]);
  const fields = [text("title", ""), box("office", "1", false), box("office", "2", false)];
  assert.equal(putBack(fields, held), 2);
  assert.equal(fields[0].value, "路灯");
  assert.deepEqual(fields.slice(1).map((one) => one.checked), [true, false]);
});

test("what the page itself holds is newer", () => {
  const field = text("title", "新的", "旧的");
  assert.equal(putBack([field], { title: [["以前的"]] }), 0);
  assert.equal(field.value, "新的");
});

test("the press key comes back too, so that an answer lost on the way makes no second case", () => {
  const key = { name: "press_key", type: "hidden", value: "new" };
  assert.equal(putBack([key], { press_key: [["old"]] }), 0);
  assert.equal(key.value, "old");
});

function store(entries) {
  const held = { ...entries };
  Object.defineProperty(held, "getItem", { value: (key) => held[key] ?? null });
  Object.defineProperty(held, "removeItem", { value: (key) => delete held[key] });
  return held;
}

test("what arrived is forgotten, and so is what others typed on this machine", () => {
  const kept = store({
    [nameOf("7", "/a", 0)]: JSON.stringify({ press_key: [["k1"]] }),
    [nameOf("7", "/b", 0)]: JSON.stringify({ press_key: [["k2"]] }),
    [nameOf("8", "/a", 0)]: JSON.stringify({ press_key: [["k3"]] }),
    other: "stays",
  });
  tidy(kept, "7", ["k1"]);
  assert.deepEqual(Object.keys(kept), [nameOf("7", "/b", 0), "other"]);
});

test("a broken entry does no harm", () => {
  const kept = store({ [nameOf("7", "/a", 0)]: "{" });
  tidy(kept, "7", []);
  assert.equal(Object.keys(kept).length, 1);
});
