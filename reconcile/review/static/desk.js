// Keys, focus and messages. Every page works without this file; with it, an editor never needs the mouse.
"use strict";

(() => {
  const get = (id) => document.getElementById(id);
  const KEYS = "desk-keys";
  const keysOn = () => localStorage.getItem(KEYS) !== "off";

  const press = (id) => {
    const target = get(id);
    if (target && !target.disabled) target.click();
    return Boolean(target);
  };

  const focus = (target) => {
    if (!target) return false;
    target.focus();
    target.scrollIntoView({ block: "nearest" });
    return true;
  };

  const rows = () => [...document.querySelectorAll("a.row")];

  const walk = (step) => {
    const all = rows();
    if (!all.length) return press(step > 0 ? "to-after" : "to-before");
    const at = all.indexOf(document.activeElement);
    return focus(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]);
  };

  const help = () => {
    const dialog = get("help");
    if (dialog.open) dialog.close();
    else dialog.showModal();
    return true;
  };

  const reason = (key) => {
    const button = document.querySelector(`#dismiss [data-key="${key}"]`);
    if (!button || !get("dismiss").contains(document.activeElement)) return false;
    button.click();
    return true;
  };

  const ACTIONS = {
    j: () => walk(1),
    k: () => walk(-1),
    a: () => press("confirm"),
    r: () => focus(document.querySelector("#dismiss button")),
    u: () => press("undo"),
    U: () => press("redo"),
    n: () => focus(get("note")),
    q: () => press("to-queue"),
    "/": () => focus(get("search")),
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) return void focus(get("main"));
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
    if (get("help").open && event.key !== "?") return;
    if (!keysOn()) return;
    const action = /^[1-6]$/.test(event.key) ? () => reason(event.key) : ACTIONS[event.key];
    if (action && action()) event.preventDefault();
  });

  // One press, one decision: a form is sent once.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  document.addEventListener("htmx:sendError", () => { get("offline").hidden = false; });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) get("offline").hidden = true; });

  document.addEventListener("DOMContentLoaded", () => {
    const open = get("help-open");
    if (open) {
      open.hidden = false;
      open.addEventListener("click", help);
    }
    const toggle = get("keys-on");
    toggle.checked = keysOn();
    toggle.addEventListener("change", () => localStorage.setItem(KEYS, toggle.checked ? "on" : "off"));
    // A message that is there from the start is not read out; one that appears is.
    const message = get("message");
    if (message.textContent.trim()) {
      const words = [...message.childNodes];
      message.replaceChildren();
      setTimeout(() => message.replaceChildren(...words), 150);
    }
    // An address that says what was just done would say it again after a reload.
    const address = new URL(location.href);
    for (const mark of ["done", "undone", "again", "rule_file"]) address.searchParams.delete(mark);
    if (address.href !== location.href) history.replaceState(null, "", address.href);
  });
})();
