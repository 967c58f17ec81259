/* How many characters are left, and that it is too long before it is sent. The server counts again. */

/* Counts as the server does: one character is one code point, line ends are one, edges do not count. */
export function lengthOf(text) {
  return Array.from(text.replace(/\r\n?/g, "\n").trim()).length;
}

export function wordsFor(length, limit) {
  if (length > limit) return `超出${length - limit}字，请删短`;
  if (length === 0) return `最多${limit}字`;
  return `${length} / ${limit}字`;
}

export function watchCounts(root) {
  for (const shown of root.querySelectorAll("[data-count-for]")) {
    const area = document.getElementById(shown.dataset.countFor);
    if (!area || area.dataset.counted) continue;
    area.dataset.counted = "yes";
    const limit = Number(area.dataset.limit);
    const show = () => {
      const length = lengthOf(area.value);
      shown.textContent = wordsFor(length, limit);
      shown.classList.toggle("over", length > limit);
    };
    area.addEventListener("input", show);
    show();
  }
}
