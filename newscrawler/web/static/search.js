// Results while one types. The form works without this: here the same page is fetched, and its results are put in place.
"use strict";
(() => {
  const form = document.getElementById("search");
  const count = document.getElementById("search-count");
  if (!form || !count) return;
  const WAIT = 250;
  const SWAPPED = ["search-found", "search-spread"];
  let timer = 0;
  let running = null;

  const address = () => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) values.append(name, value.trim());
    const query = values.toString();
    return form.getAttribute("action") + (query ? "?" + query : "");
  };

  const show = (html, url) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const parts = SWAPPED.map((id) => [document.getElementById(id), page.getElementById(id)]);
    if (parts.some(([, fresh]) => !fresh)) return false;
    for (const [old, fresh] of parts) old.replaceChildren(...fresh.childNodes);
    const text = page.getElementById("search-count").textContent.trim();
    if (count.textContent.trim() !== text) count.textContent = text;
    tellErrors(page);
    tellFilters(page);
    document.title = page.title;
    history.replaceState(null, "", url);
    return true;
  };

  // The fields stay as they are, with cursor and all; only what is said beside them changes.
  const tellErrors = (page) => {
    document.getElementById("days-amiss").replaceChildren(...page.getElementById("days-amiss").childNodes);
    for (const name of ["from", "to"]) {
      const [field, fresh] = [document.getElementById(name), page.getElementById(name)];
      for (const told of ["aria-invalid", "aria-describedby"]) {
        if (fresh.hasAttribute(told)) field.setAttribute(told, fresh.getAttribute(told));
        else field.removeAttribute(told);
      }
    }
  };

  const tellFilters = (page) => {
    const fresh = page.querySelector(".filters summary");
    if (fresh) document.querySelector(".filters summary").textContent = fresh.textContent;
    for (const selector of ["link[rel=alternate]", "link[rel=canonical]", "a.language"]) {
      const [old, other] = [document.querySelector(selector), page.querySelector(selector)];
      if (old && other) old.href = other.getAttribute("href");
    }
  };

  const look = async () => {
    const url = address();
    running?.abort();
    const mine = (running = new AbortController());
    document.body.classList.add("is-waiting");
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: "text/html" } });
      const html = await answer.text();
      if (mine !== running) return;
      if (!answer.ok || !show(html, url)) location.assign(url);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    } finally {
      if (mine === running) document.body.classList.remove("is-waiting");
    }
  };

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  };

  const fields = [...form.elements].filter((field) => field.name);
  for (const field of fields) {
    field.addEventListener("input", (event) => {
      // Letters of a Vietnamese keyboard are still in the making while it composes; a date is looked at when it is whole.
      if (event.isComposing || field.closest(".days")) return;
      soon(WAIT);
    });
    field.addEventListener("compositionend", () => soon(WAIT));
    field.addEventListener("change", () => soon(0));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon(0);
  });
})();
