"use strict";
// A page holds its texts in all languages and shows one: the reader's last choice, else the browser's.
const page = document.documentElement;
let language = null;
try { language = localStorage.getItem("language"); } catch { /* a browser that keeps nothing for files */ }
language ??= navigator.language.slice(0, 2);
addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("language");
  if (button) {
    if (language === "zh") page.lang = language;
    button.hidden = false;
    button.addEventListener("click", () => {
      page.lang = page.lang === "zh" ? "en" : "zh";
      try { localStorage.setItem("language", page.lang); } catch { /* then the choice holds for this page */ }
    });
  }
  // The search hides the rows that do not hold every word, and says how many are left.
  const form = document.querySelector("form[role=search]");
  if (!form) return;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const words = plain(form.querySelector("input").value).split(/\s+/);
    const rows = [...document.querySelectorAll("tbody tr")];
    for (const row of rows) row.hidden = !words.every((word) => plain(row.textContent).includes(word));
    form.querySelector("output b").textContent = rows.filter((row) => !row.hidden).length;
  });
  form.hidden = false;
});
