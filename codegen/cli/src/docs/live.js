// Follows the schema: takes the next edition of the page when there is one, and shows what is wrong while there is not.
"use strict";
(() => {
  const mine = document.currentScript.dataset.edition;
  const panel = document.createElement("pre");
  panel.setAttribute("role", "alert");
  panel.style.cssText = "position:fixed;z-index:9;inset:auto 1rem 1rem;max-height:60vh;overflow:auto;margin:0;padding:1rem 1.25rem;"
    + "border-radius:8px;background:#2b1216;color:#ffd9de;font:13px/1.5 ui-monospace,monospace;box-shadow:0 8px 40px rgb(0 0 0/.4)";
  const hear = ({ data }) => {
    const { edition, problems } = JSON.parse(data);
    if (String(edition) !== mine) return location.reload();
    panel.textContent = problems ?? "";
    if (problems) document.body.append(panel);
    else panel.remove();
  };
  // A browser has six connections to a server, for all of its tabs: one that nobody sees gives its own back, and is told on its return.
  let changes = null;
  const follow = () => {
    if (document.hidden) {
      changes?.close();
      changes = null;
    } else if (!changes) {
      changes = new EventSource("/_changes");
      changes.onmessage = hear;
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
