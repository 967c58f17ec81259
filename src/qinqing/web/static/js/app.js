/* The behaviour of our pages, each in its own file below. Everything here is a kindness: the pages work without it. */
import "htmx.org";
import { watchCounts } from "./parts/count.js";
import { focusFirstError } from "./parts/focus.js";
import { keepTyped } from "./parts/keep.js";
import { listenToFaults } from "./parts/live.js";
import { pressOnce } from "./parts/once.js";
import { sheetKeys } from "./parts/sheet.js";
import { slashSearches } from "./parts/slash.js";

const everyTime = [watchCounts, keepTyped];

function dress(root) {
  for (const part of everyTime) part(root);
}

dress(document);
focusFirstError(document);
pressOnce(document);
slashSearches(document);
sheetKeys(window);
listenToFaults(document);
document.addEventListener("htmx:load", (event) => {
  dress(event.detail.elt);
  focusFirstError(event.detail.elt);
});
