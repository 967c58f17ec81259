import assert from "node:assert/strict";
import test from "node:test";
import { sentenceFor } from "../../src/qinqing/web/static/js/parts/live.js";
import { rest, wake } from "../../src/qinqing/web/static/js/parts/once.js";
import { isTyping } from "../../src/qinqing/web/static/js/parts/slash.js";

test("a slash while typing is a slash", () => {
  assert.equal(isTyping({ closest: () => ({}) }), true);
  assert.equal(isTyping({ closest: () => null }), false);
  assert.equal(isTyping(null), false);
});

test("every way of failing has a sentence that says what became of the press", () => {
  for (const status of [0, 413, 429, 500, 502, 503, 504]) assert.match(sentenceFor(status), /请/);
  assert.match(sentenceFor(0), /内容还在/);
});

test("a form on its way rests its buttons, and wakes them", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const button = { attributes: {}, setAttribute(name, value) { this.attributes[name] = value; }, removeAttribute(name) { delete this.attributes[name]; } };
  const form = { dataset: {}, id: "", querySelectorAll: () => [button] };
  rest(form, {});
  assert.equal(form.dataset.sent, "yes");
  assert.equal(button.attributes["aria-disabled"], "true");
  wake(form, {});
  assert.equal(form.dataset.sent, undefined);
  assert.deepEqual(button.attributes, {});
});
