/* What went wrong on the way is said where it is heard: in the page's live region. Typed text stays where it is. */

export function sentenceFor(status) {
  if (status === 0) return "网络不通，刚才这一步没有送到。内容还在页面上，请稍后再按一次。";
  if (status === 413) return "提交的内容太大，请减少或压缩附件后再试。";
  if (status === 429) return "操作太频繁，请过一两分钟再试。";
  if (status === 502 || status === 503 || status === 504) return "系统正在维护或繁忙，刚才这一步没有保存，请几分钟后再试。";
  return "系统出了问题，刚才这一步没有保存，请稍后再试。";
}

export function say(document, sentence) {
  const live = document.getElementById("live");
  if (!live) return;
  const words = document.createElement("p");
  words.className = "live-words late";
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  live.replaceChildren ? live.replaceChildren(words) : ((live.innerHTML = ""), live.appendChild(words));
  words.scrollIntoView({ block: "nearest" });
}

export function listenToFaults(document) {
  document.addEventListener("htmx:sendError", () => say(document, sentenceFor(0)));
  document.addEventListener("htmx:timeout", () => say(document, sentenceFor(0)));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (!xhr.getResponseHeader("HX-Retarget")) say(document, sentenceFor(xhr.status));
  });
}
