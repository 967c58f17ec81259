/* After a refusal the cursor stands where the first thing is wrong, and the page shows it. */

export function firstWrong(root) {
  return root.querySelector('[aria-invalid="true"]:not([type="hidden"])') || root.querySelector(".field.wrong input") || root.querySelector("[data-first-error]");
}

export function focusFirstError(root) {
  const wrong = firstWrong(root);
  if (!wrong) return;
  wrong.focus({ preventScroll: true });
  const box = wrong.closest(".field") || wrong;
  box.scrollIntoView({ block: "center" });
}
