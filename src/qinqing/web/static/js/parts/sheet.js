/* The phone's sheet of places is an address (#nav): Escape and a press beside it close it like the back button would. */

export function sheetKeys(window) {
  const close = () => {
    if (window.location.hash === "#nav") window.history.back();
  };
  window.document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  const shut = window.document.querySelector(".side-shut");
  if (shut) {
    shut.addEventListener("click", (event) => {
      if (window.location.hash !== "#nav") return;
      event.preventDefault();
      close();
    });
  }
}
