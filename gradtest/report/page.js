"use strict";
// Search, filter and sort the endpoints. The page is complete without them.
(() => {
  const tools = document.querySelector(".tools"), table = document.querySelector(".sortable");
  if (!tools || !table) return;
  tools.hidden = false;
  const search = document.getElementById("search"), failed = document.getElementById("failed");
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const body of table.tBodies) {
      const text = body.textContent.toLowerCase();
      const fine = body.classList.contains("good") && !body.querySelector("tr.failure, tr.unknown");
      body.hidden = (failed.checked && fine) || !words.every(w => text.includes(w));
    }
  };
  search.addEventListener("input", apply);
  failed.addEventListener("change", apply);
  const value = (body, i) => {
    const text = body.rows[0].cells[i].textContent.trim(), number = parseFloat(text);
    return Number.isNaN(number) ? text : number;
  };
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    if (i === 0) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const h of table.tHead.rows[0].cells) h.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const bodies = [...table.tBodies].sort((a, b) => {
        const x = value(a, i), y = value(b, i);
        const order = typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? -1 : 1;
        return down ? -order : order;
      });
      table.append(...bodies);
    });
  });
})();
