"use strict";
// Runs before anything is drawn: says that scripts work, and sets the light or dark that was chosen last time.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("reconcile.theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // Storage is closed to this page: it follows the system.
  }
})();
