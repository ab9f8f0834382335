"use strict";
// The page reads well without this. With it, two articles stand beside the findings, and findings can be filtered and stepped through.
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const findings = all(".finding");
  const filters = find("#filters");
  const desk = find("#articles");
  const narrow = matchMedia("(max-width: 71.99rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const glide = () => (calm.matches ? "instant" : "smooth");
  let current = null;

  // Places: "name/start-end" is a run of characters of an article.

  const placeOf = (hash) => {
    const cut = hash.lastIndexOf("/");
    const span = /^(\d+)-(\d+)$/.exec(hash.slice(cut + 1));
    if (cut < 1) return null;
    return { name: hash.slice(0, cut), start: span ? Number(span[1]) : 0, end: span ? Number(span[2]) : 0 };
  };

  const hashOf = (link) => decodeURIComponent(link.getAttribute("href").slice(1));

  const placesIn = (card) => {
    const versions = all(".versions > li", card);
    return (versions.length ? versions : [card]).flatMap((version, index) =>
      all("a.place", version).map((link) => ({ ...placeOf(hashOf(link)), version: index })));
  };

  // Returns the passage to stand on each side: of two articles and two versions if the finding has them.
  const pairFor = (card, kept) => {
    const places = placesIn(card);
    const first = (kept && places.find((place) => place.name === kept.name && (!kept.end || place.start === kept.start)))
      || (kept && places.find((place) => place.name === kept.name)) || places[0];
    const other = places.find((place) => place.name !== first.name && place.version !== first.version)
      || places.find((place) => place.name !== first.name)
      || places.find((place) => place !== first);
    return [first, other];
  };

  // The two articles.

  const panes = { left: null, right: null };
  const otherSide = (side) => (side === "left" ? "right" : "left");

  const textOf = (name) => all(".text:not(.copy)").find((text) => text.dataset.name === name) || null;

  const copyOf = (text) => {
    const copy = text.cloneNode(true);
    copy.classList.add("copy");
    copy.classList.remove("left", "right");
    for (const element of [copy, ...all("[id]", copy)]) {
      element.dataset.at = element.id;
      element.removeAttribute("id");
    }
    copy.setAttribute("aria-label", find("h3", text).textContent);
    copy.removeAttribute("aria-labelledby");
    return copy;
  };

  const seat = (side, name) => {
    if (panes[side] && panes[side].dataset.name === name) return panes[side];
    const original = textOf(name);
    if (!original) return null;
    if (panes[side]) {
      panes[side].classList.remove(side);
      panes[side].removeAttribute("tabindex");
      if (panes[side].classList.contains("copy")) panes[side].remove();
    }
    const seated = panes[otherSide(side)];
    let text = original;
    if (seated === original) {
      text = copyOf(original);
      original.after(text);
    }
    text.classList.add(side);
    text.tabIndex = 0;
    panes[side] = text;
    find(`#${side}`).value = name;
    return text;
  };

  const open = () => document.documentElement.classList.add("desk-open");
  const close = () => document.documentElement.classList.remove("desk-open");

  const bring = (pane, target) => {
    const gap = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + gap - pane.clientHeight / 3, behavior: glide() });
  };

  // Finds what holds a place in a pane: the very span, else the smallest one around it.
  const holderOf = (pane, place) => {
    const spans = all("[id], [data-at]", pane).map((element) => ({ element, at: placeOf(element.dataset.at || element.id) }));
    const around = spans.filter(({ at }) => at && at.end && at.start <= place.start && at.end >= place.end);
    around.sort((a, b) => (a.at.end - a.at.start) - (b.at.end - b.at.start));
    return around.length ? around[0].element : null;
  };

  const light = () => {
    for (const mark of all(".on, .at", desk)) mark.classList.remove("on", "at");
    if (!current) return;
    for (const pane of Object.values(panes)) {
      if (pane) for (const mark of all(`mark[data-findings~="${current.id.slice(2)}"]`, pane)) mark.classList.add("on");
    }
  };

  const show = (side, place) => {
    const pane = seat(side, place.name);
    if (!pane) return;
    light();
    const holder = place.end ? holderOf(pane, place) : null;
    const folded = holder && holder.closest("details");
    if (folded) folded.open = true;
    if (holder) holder.classList.add("at");
    if (pane.offsetParent) bring(pane, holder || pane.firstElementChild);
  };

  // Findings.

  const release = () => {
    if (current) current.removeAttribute("aria-current");
    current = null;
  };

  const pick = (card, { kept = null, side = "left", quiet = false } = {}) => {
    release();
    current = card;
    card.setAttribute("aria-current", "true");
    const [first, other] = pairFor(card, kept);
    // The pane of the other passage is filled first, so that a finding inside one article gets its copy on that side.
    seat(side, first.name);
    if (other) show(otherSide(side), other);
    show(side, first);
    for (const [which, place] of [[side, first], [otherSide(side), other]]) {
      const holder = place && panes[which] && holderOf(panes[which], place);
      if (holder) holder.classList.add("at");
    }
    if (!quiet) {
      find("#announce").textContent = find(".number", card).getAttribute("aria-label");
    }
  };

  const turnTo = (card) => {
    card.scrollIntoView({ block: narrow.matches ? "start" : "nearest", behavior: glide() });
    find(".number", card).focus({ preventScroll: true });
  };

  const shown = () => findings.filter((card) => !card.hidden);

  const step = (by) => {
    const cards = shown();
    if (!cards.length) return;
    const at = current ? cards.indexOf(current) : -1;
    const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.min(Math.max(at + by, 0), cards.length - 1);
    pick(cards[next]);
    turnTo(cards[next]);
  };

  // Addresses.

  const go = (hash) => {
    const target = document.getElementById(hash);
    if (target && target.classList.contains("finding")) {
      if (target.hidden) clear();
      pick(target);
      turnTo(target);
      return true;
    }
    const place = placeOf(hash);
    if (place && textOf(place.name)) {
      open();
      const side = panes.right && panes.right.dataset.name === place.name && panes.left.dataset.name !== place.name ? "right" : "left";
      show(side, place);
      return true;
    }
    if (hash === "articles") open();
    return false;
  };

  const visit = (hash) => {
    try {
      history.pushState(null, "", `#${hash}`);
    } catch {
      location.hash = hash;
    }
    return go(hash);
  };

  const here = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href^='#']");
    const card = event.target.closest(".finding");
    const mark = event.target.closest("mark[data-findings]");
    if (link) {
      const hash = hashOf(link);
      const place = placeOf(hash);
      const row = link.closest("tr[data-finding]");
      const owner = card || (row && place && document.getElementById(`f-${row.dataset.finding}`));
      if (place) open();
      if (owner && place) pick(owner, { kept: place, side: sideFor(owner, place) });
      if (link.classList.contains("note")) {
        event.preventDefault();
        fromText(document.getElementById(hash), link.closest(".text"));
      } else if (place || hash.startsWith("f-")) {
        event.preventDefault();
        open();
        visit(hash);
      } else {
        go(hash);
      }
    } else if (mark && desk.contains(mark)) {
      const ids = mark.dataset.findings.split(" ").filter((id) => document.getElementById(`f-${id}`));
      const at = current ? ids.indexOf(current.id.slice(2)) : -1;
      if (ids.length && !String(getSelection())) fromText(document.getElementById(`f-${ids[(at + 1) % ids.length]}`), mark.closest(".text"));
    } else if (card && (event.target.closest(".show") || !event.target.closest("button, a, summary, input, select"))) {
      if (String(getSelection()) && !event.target.closest(".show")) return;
      open();
      pick(card);
      if (narrow.matches) turnTo(card);
    }
  });

  // Keeps the first version of a finding on the left, whichever of its passages was asked for.
  const sideFor = (card, place) => {
    const places = placesIn(card);
    const asked = places.find((one) => one.name === place.name && one.start === place.start) || places[0];
    return asked.version === 0 && asked.name === places[0].name ? "left" : "right";
  };

  const fromText = (card, text) => {
    if (card.hidden) clear();
    pick(card, { kept: { name: text.dataset.name }, side: text === panes.right ? "right" : "left" });
    turnTo(card);
  };

  // Filters.

  const words = new Map();
  const wordsOf = (card) => {
    if (!words.has(card)) words.set(card, card.textContent.toLowerCase());
    return words.get(card);
  };

  const wanted = () => {
    const data = new FormData(filters);
    const kinds = all(".chip[aria-pressed='true']", filters).map((chip) => chip.dataset.kind);
    const sought = data.get("words").toLowerCase().split(/\s+/).filter(Boolean);
    return (card) =>
      (!kinds.length || kinds.includes(card.dataset.kind))
      && (!data.get("event") || card.dataset.event === data.get("event"))
      && (!data.get("field") || card.dataset.field === data.get("field"))
      && (!data.get("article") || card.dataset.articles.split(" ").includes(data.get("article")))
      && sought.every((word) => wordsOf(card).includes(word));
  };

  const sift = () => {
    const fits = wanted();
    const event = new FormData(filters).get("event");
    for (const card of findings) card.hidden = !fits(card);
    for (const row of all("tr[data-finding]")) {
      const card = document.getElementById(`f-${row.dataset.finding}`);
      row.hidden = Boolean(card && card.hidden);
    }
    for (const part of all(".grid, .chart, .charts, .hours tr[data-event]")) part.hidden = Boolean(event && part.dataset.event !== event);
    for (const line of all(".none-match")) {
      const cards = all(".finding", line.parentElement);
      line.hidden = !cards.length || cards.some((card) => !card.hidden);
    }
    const left = shown().length;
    find("#status").textContent = left === findings.length ? `${left} findings` : `${left} of ${findings.length} findings shown`;
    document.documentElement.classList.toggle("filtered", left !== findings.length);
    if (current && current.hidden) release();
  };

  const liftChips = () => {
    for (const chip of all(".chip", filters)) chip.setAttribute("aria-pressed", "false");
    sift();
  };

  const clear = () => {
    filters.reset();
    liftChips();
  };

  if (filters) {
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("reset", () => setTimeout(liftChips));
    filters.addEventListener("input", sift);
    for (const chip of all(".chip", filters)) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        sift();
      });
    }
    sift();
  }

  // Keys.

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      close();
      return;
    }
    if (event.target.closest("input, select, textarea") && event.target.id !== "keys") return;
    if (!filters || !find("#keys").checked) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      find("input[name='words']", filters).focus();
      event.preventDefault();
    }
  });

  // Light and dark.

  const theme = find("#theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (document.documentElement.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const tell = () => theme.setAttribute("aria-pressed", String(dark()));
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    tell();
    try {
      localStorage.setItem("reconcile.theme", document.documentElement.dataset.theme);
    } catch {
      // Storage is closed to this page: the choice holds until it is closed.
    }
  });
  system.addEventListener("change", tell);
  tell();

  // The articles on the two sides at the start: those of the first finding, else the first two.

  if (desk) {
    for (const side of ["left", "right"]) {
      find(`#${side}`).addEventListener("change", (event) => {
        release();
        show(side, { name: event.target.value, start: 0, end: 0 });
      });
    }
    find("#swap").addEventListener("click", () => {
      const [left, right] = [panes.left.dataset.name, panes.right && panes.right.dataset.name];
      if (!right || left === right) return;
      panes.left.classList.replace("left", "right");
      panes.right.classList.replace("right", "left");
      [panes.left, panes.right] = [panes.right, panes.left];
      find("#left").value = right;
      find("#right").value = left;
    });
    find("#close").addEventListener("click", close);
    const texts = all(".text");
    const start = findings.length ? pairFor(findings[0], null).filter(Boolean).map((place) => place.name) : [];
    const names = [...new Set([...start, ...texts.slice(0, 2).map((text) => text.dataset.name)])];
    seat("left", names[0]);
    if (names.length > 1) seat("right", names[1]);
    if (here()) go(here());
  }
  addEventListener("hashchange", () => go(here()));
})();
