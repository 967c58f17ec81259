/* One press is one press: while a form is on its way its buttons rest. The server's press_key guards the rest. */

const RESTS_MS = 12000;

export function pressOnce(document) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    rest(form, document);
  });
  /* Coming back by the back button shows the page as it was left: let it be pressed again. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-sent]")) wake(form, document);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form[data-sent]");
    if (form) wake(form, document);
  });
}

function buttonsOf(form, document) {
  const inside = Array.from(form.querySelectorAll("button:not([type=button])"));
  const outside = form.id ? Array.from(document.querySelectorAll(`button[form="${form.id}"]`)) : [];
  return inside.concat(outside);
}

/* Not `disabled`: a disabled button's name and value would not be sent. */
export function rest(form, document) {
  form.dataset.sent = "yes";
  for (const button of buttonsOf(form, document)) button.setAttribute("aria-disabled", "true");
  setTimeout(() => wake(form, document), RESTS_MS);
}

export function wake(form, document) {
  delete form.dataset.sent;
  for (const button of buttonsOf(form, document)) button.removeAttribute("aria-disabled");
}
