"use strict";
// A page holds its texts in all languages and shows one: the reader's last choice, else the browser's.
const page = document.documentElement;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("language");
  if (button) {
    const languages = [...button.children].map((child) => child.lang);
    let language = null;
    try { language = localStorage.getItem("language"); } catch { /* a browser that keeps nothing for files */ }
    language ??= navigator.language.slice(0, 2);
    if (languages.includes(language)) page.lang = language;
    button.hidden = false;
    button.addEventListener("click", () => {
      page.lang = languages[(languages.indexOf(page.lang) + 1) % languages.length];
      try { localStorage.setItem("language", page.lang); } catch { /* then the choice holds for this page */ }
    });
  }
  // The search hides the rows that do not hold every word, or on the index lists the records that do, and says how many there are.
  const form = document.querySelector("form[role=search]");
  if (!form) return;
  const list = document.getElementById("found");
  const records = list && tables.flatMap(([table, form, found]) => found.map((record) => ({
    text: `${record.slice(0, -1).join(" / ")} – ${table}`,
    address: form.replace("*", encodeURIComponent(record.at(-1))),
    plain: plain(`${record.join(" ")} ${table}`),
  })));
  const shows = list ? listed : filtered;
  function filtered(words) {
    const rows = [...document.querySelectorAll("tbody tr")];
    for (const row of rows) row.hidden = !words.every((word) => plain(row.textContent).includes(word));
    return rows.filter((row) => !row.hidden).length;
  }
  function listed(words) {
    const found = words.some(Boolean) ? records.filter((record) => words.every((word) => record.plain.includes(word))) : [];
    list.replaceChildren(...found.slice(0, 50).map((record) => {
      const link = document.createElement("a");
      link.href = record.address;
      link.textContent = record.text;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    form.querySelector("output").hidden = !words.some(Boolean);
    return found.length;
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    form.querySelector("output span").textContent = shows(plain(form.querySelector("input").value).split(/\s+/));
  });
  form.hidden = false;
});
