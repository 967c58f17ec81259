import assert from "node:assert/strict";
import test from "node:test";
import { lengthOf, wordsFor } from "../../src/qinqing/web/static/js/parts/count.js";

test("counts as the server does", () => {
  assert.equal(lengthOf("路灯"), 2);
  assert.equal(lengthOf("😀😀"), 2);
  assert.equal(lengthOf("  a\r\nb  "), 3);
  assert.equal(lengthOf(""), 0);
});

test("says how much is left, and by how much it is too long", () => {
  assert.equal(wordsFor(0, 200), "最多200字");
  assert.equal(wordsFor(3, 200), "3 / 200字");
  assert.equal(wordsFor(203, 200), "超出3字，请删短");
});
