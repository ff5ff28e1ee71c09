// What pages do: the theme, code that is copied, languages, and the search. Without it everything but the search works.
"use strict";
(() => {
  const html = document.documentElement;
  html.classList.add("js");

  // A browser may refuse to remember; then it is forgotten.
  const remember = (key, value) => {
    try { localStorage.setItem("eventc-" + key, value); } catch { /* see above */ }
  };
  const remembered = (key) => {
    try { return localStorage.getItem("eventc-" + key); } catch { return null; }
  };

  // Both are settled before anything is drawn, so that nothing jumps.
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") html.dataset.theme = theme;
  html.dataset.code = remembered("code") || "rust";

  const isDark = () => html.dataset.theme === "dark"
    || (html.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

  // An element with attributes, around others and texts.
  function element(tag, attributes, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...content);
    return made;
  }

  // What the bar has beside the name of the catalog. It is the same on every page, so no page has it; the bar has its height without.
  function fillBar() {
    const isNarrow = matchMedia("(max-width: 42rem)").matches;
    const box = element("input", {
      id: "search-box", type: "search", placeholder: isNarrow ? "Search" : "Search events, fields, types", "aria-label": "Search events, fields and types",
      autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      role: "combobox", "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list",
    });
    const list = element("div", { id: "search-list", role: "listbox", "aria-label": "What was found" });
    const found = element("div", { class: "found", hidden: "" }, list, element("p", { class: "count", role: "status" }));
    const search = element("div", { class: "search", role: "search" }, box, element("kbd", { "aria-hidden": "true" }, "/"), found);
    const theme = element("button", { class: "theme", type: "button" }, element("span", { class: "hint" }, "Change between light and dark"));
    document.querySelector(".top").append(search, theme);
  }

  function startTheme() {
    document.querySelector(".theme").addEventListener("click", () => {
      html.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", html.dataset.theme);
    });
  }

  // Code that is copied.

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page from the disk may not be allowed to; the old way needs a selection.
      const area = element("textarea", {}, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  function startCopying() {
    document.addEventListener("click", async (event) => {
      const button = event.target.closest(".copy");
      if (!button) return;
      await copy(button.parentElement.querySelector("code").textContent);
      button.textContent = "Copied";
      button.focus();
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  }

  // Languages.

  function showLanguage() {
    for (const tabs of document.querySelectorAll(".tabs")) {
      const all = [...tabs.children];
      const chosen = all.find((tab) => tab.id === "tab-" + html.dataset.code) || all[0];
      for (const tab of all) {
        tab.setAttribute("aria-selected", tab === chosen);
        tab.tabIndex = tab === chosen ? 0 : -1;
      }
    }
  }

  function startLanguages() {
    const choose = (tab) => {
      html.dataset.code = tab.id.replace("tab-", "");
      remember("code", html.dataset.code);
      showLanguage();
    };
    for (const tabs of document.querySelectorAll(".tabs")) {
      tabs.addEventListener("click", (event) => {
        const tab = event.target.closest("button");
        if (tab) choose(tab);
      });
      tabs.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const all = [...tabs.children];
        const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
        choose(next);
        next.focus();
      });
    }
    showLanguage();
  }

  // The search. Entries are pages and their members, made once when somebody is about to search.

  const MOST = 40;
  const WEIGHTS = { event: 9, stream: 8, context: 7, type: 6, field: 4, value: 2 };
  let entries = null;

  function load() {
    if (entries) return Promise.resolve();
    return new Promise((done) => {
      const script = element("script", { src: html.dataset.root + "search.js" });
      script.onload = () => {
        entries ??= window.eventcSearch.flatMap(pageEntries);
        done();
      };
      document.head.append(script);
    });
  }

  function pageEntries([kind, name, path, about, members]) {
    const entry = (kind, name, of, path, about) => ({
      kind, name, of, path, about, low: name.toLowerCase(), lowOf: of.toLowerCase(), lowAbout: about.toLowerCase(),
    });
    const inner = members.map(([member, type, about]) => type === "value"
      ? entry("value", member, name, path + "#value-" + encodeURIComponent(member), about)
      : entry("field", member, name, path + "#" + member, [type, about].filter(Boolean).join(" · ")));
    return [entry(kind, name, "", path, about), ...inner];
  }

  // How well a word fits: none if it does not.
  function fit(entry, word) {
    const place = entry.low.indexOf(word);
    if (place >= 0) {
      if (entry.low.length === word.length) return 100;
      if (place + word.length === entry.low.length && /[._]/.test(entry.low[place - 1] ?? ".")) return 80;
      return place === 0 || /[._]/.test(entry.low[place - 1]) ? 60 : 25;
    }
    if (entry.lowOf.includes(word)) return 8;
    return entry.lowAbout.includes(word) ? 5 : 0;
  }

  // What has all of the words, at least one of them in its name or in what is said of it, the best first.
  function find(query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (const entry of words.length ? entries : []) {
      let score = 0;
      let isItself = false;
      for (const word of words) {
        const points = fit(entry, word);
        if (!points) { score = 0; break; }
        isItself ||= points !== 8;
        score += points;
      }
      if (score && isItself) found.push({ entry, score: score + WEIGHTS[entry.kind] - entry.low.length / 100 });
    }
    found.sort((a, b) => b.score - a.score || (a.entry.path < b.entry.path ? -1 : 1));
    return { words, found };
  }

  // A text with the words in it marked. It is put together from text, never from markup.
  function marked(text, words) {
    const parts = document.createDocumentFragment();
    const low = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      const next = words
        .map((word) => ({ place: low.indexOf(word, at), length: word.length }))
        .filter((hit) => hit.place >= 0)
        .sort((a, b) => a.place - b.place || b.length - a.length)[0];
      if (!next) break;
      parts.append(text.slice(at, next.place));
      parts.append(element("mark", {}, text.slice(next.place, next.place + next.length)));
      at = next.place + next.length;
    }
    parts.append(text.slice(at));
    return parts;
  }

  function option({ entry }, index, words) {
    const of = entry.of ? [element("span", { class: "of" }, entry.of + ".")] : [];
    const about = entry.about ? [element("span", { class: "about" }, marked(entry.about, words))] : [];
    const link = element("a", {
      id: "found-" + index, role: "option", tabindex: "-1", "aria-selected": index === 0, href: html.dataset.root + entry.path,
    }, element("span", { class: "what" }, entry.kind), element("code", {}, ...of, marked(entry.name, words)), ...about);
    return link;
  }

  function startSearch() {
    const box = document.getElementById("search-box");
    const panel = document.querySelector(".found");
    const list = document.getElementById("search-list");
    const count = document.querySelector(".count");
    let chosen = 0;

    const close = () => {
      panel.hidden = true;
      box.setAttribute("aria-expanded", false);
      box.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      const all = list.children;
      if (!all.length) return box.removeAttribute("aria-activedescendant");
      all[chosen]?.setAttribute("aria-selected", false);
      chosen = (index + all.length) % all.length;
      all[chosen].setAttribute("aria-selected", true);
      all[chosen].scrollIntoView({ block: "nearest", behavior: "instant" });
      box.setAttribute("aria-activedescendant", all[chosen].id);
    };
    const show = async () => {
      await load();
      const { words, found } = find(box.value);
      if (!words.length) return close();
      list.replaceChildren(...found.slice(0, MOST).map((hit, index) => option(hit, index, words)));
      count.textContent = found.length === 0 ? `Nothing found for “${box.value.trim()}”. Try a part of a name, or a word of a description.`
        : found.length > MOST ? `${MOST} of ${found.length}: another word narrows it` : `${found.length} found`;
      panel.hidden = false;
      panel.scrollTop = 0;
      box.setAttribute("aria-expanded", true);
      chosen = 0;
      choose(0);
    };

    box.addEventListener("focus", load);
    box.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (panel.hidden) { box.value = ""; box.blur(); }
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (panel.hidden) show();
        else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !panel.hidden) {
        event.preventDefault();
        list.children[chosen]?.click();
      }
    });
    list.addEventListener("click", () => { close(); box.blur(); });
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".search")) close();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping;
      const isK = event.key === "k" && (event.ctrlKey || event.metaKey);
      if (isSlash || isK) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    });
  }

  addEventListener("DOMContentLoaded", () => {
    fillBar();
    startTheme();
    startCopying();
    startLanguages();
    startSearch();
  });
})();
