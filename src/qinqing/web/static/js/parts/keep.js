/* Nothing typed is lost: while one types, the text is kept in this very tab, until the server has said it is in.

Kept per person and address; another person who signs in on this tab neither sees it nor keeps it. Passwords, files and
hidden fields (but the press key) are never kept. The page after a success names the press that succeeded
([data-done]), and what was kept for it goes. */

const PREFIX = "kept:";
const WAIT_MS = 400;

export function nameOf(who, path, place) {
  return `${PREFIX}${who}:${path}#${place}`;
}

export function isKept(field) {
  if (!field.name || field.disabled) return false;
  if (field.name === "press_key") return true;
  return !["hidden", "password", "file", "submit", "button"].includes(field.type);
}

/* What a form holds, as a plain object: name → list of [value, ticked]. */
export function gather(fields) {
  const held = {};
  for (const field of fields) {
    if (!isKept(field)) continue;
    if (!held[field.name]) held[field.name] = [];
    const ticks = field.type === "checkbox" || field.type === "radio";
    held[field.name].push(ticks ? [field.value, field.checked] : [field.value]);
  }
  return held;
}

/* Puts back what was kept, only where the page itself holds nothing newer. Returns how many fields it filled. */
export function putBack(fields, held) {
  const turn = {};
  let filled = 0;
  for (const field of fields) {
    if (!isKept(field) || !held[field.name]) continue;
    const place = turn[field.name] || 0;
    turn[field.name] = place + 1;
    const was = held[field.name][place];
    if (!was) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (was[0] === field.value && field.checked !== was[1] && field.checked === field.defaultChecked) {
        field.checked = was[1];
        filled += 1;
      }
    } else if (field.name === "press_key") {
      field.value = was[0];
    } else if (field.value !== was[0] && isUntouched(field)) {
      field.value = was[0];
      filled += 1;
    }
  }
  return filled;
}

function isUntouched(field) {
  if (field.tagName === "SELECT") return Array.from(field.options).every((option) => option.selected === option.defaultSelected) || field.selectedIndex <= 0;
  return field.value === field.defaultValue;
}

/* Forgets what has arrived (its press key is named), and everything of other people. */
export function tidy(store, who, arrived) {
  for (const key of Object.keys(store)) {
    if (!key.startsWith(PREFIX)) continue;
    const mine = key.startsWith(`${PREFIX}${who}:`);
    const held = read(store, key);
    const pressKey = held && held.press_key ? held.press_key[0][0] : "";
    if (!mine || (pressKey && arrived.includes(pressKey))) store.removeItem(key);
  }
}

function read(store, key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch (fault) {
    return null;
  }
}

export function keepTyped(root, store = storeOf(window)) {
  const { who } = document.body.dataset;
  if (!store || who === undefined) return; /* signed out on the way: keep what is there until somebody is known */
  tidy(store, who, Array.from(document.querySelectorAll("[data-done]"), (told) => told.dataset.done));
  Array.from(root.querySelectorAll("form[method=post]")).forEach((form, place) => {
    if (!form.elements.press_key || form.dataset.kept) return;
    form.dataset.kept = "yes";
    const key = nameOf(who, window.location.pathname, place);
    const held = read(store, key);
    if (held && !form.querySelector("[aria-invalid], [data-first-error]")) tell(form, putBack(form.elements, held));
    let timer = 0;
    const keep = () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(store, key, form), WAIT_MS);
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", () => save(store, key, form));
  });
}

function save(store, key, form) {
  try {
    store.setItem(key, JSON.stringify(gather(form.elements)));
  } catch (fault) {
    /* a full store keeps nothing more; what is on the page is still there */
  }
}

function tell(form, filled) {
  if (!filled) return;
  for (const area of form.querySelectorAll("textarea")) area.dispatchEvent(new Event("input", { bubbles: true }));
  const note = document.createElement("p");
  note.className = "note";
  note.setAttribute("role", "status");
  note.textContent = "上次没提交完的内容已替您找回，请核对后再提交。";
  form.prepend(note);
}

function storeOf(window) {
  try {
    return window.sessionStorage;
  } catch (fault) {
    return null; /* some browsers forbid it; then nothing is kept */
  }
}
