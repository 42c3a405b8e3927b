// Adds to a page that already works: filter, search, sort, expand. Reads only data-* attributes.
"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  document.documentElement.classList.add("scripted");
  all("form").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));

  const list = one("#pairs");
  const pairs = list ? all(".pair", list) : [];
  const parts = list ? all(".part", list) : [];
  const original = list ? [...list.children] : [];
  const words = new Map(pairs.map((pair) => [pair, pair.textContent.toLowerCase()]));
  const chosen = (name) => one(`input[name="${name}"]:checked`)?.value ?? "all";

  function filterPairs() {
    if (!list) return;
    const relation = chosen("relation");
    const wanted = one("#search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const pair of pairs) {
      const fits = (relation === "all" || pair.dataset.relation === relation) && wanted.every((word) => words.get(pair).includes(word));
      pair.hidden = !fits;
      shown += fits;
    }
    const inOrder = one("#sort").value === "order";
    for (const part of parts) {
      let next = part.nextElementSibling;
      let any = false;
      for (; inOrder && next && !next.classList.contains("part"); next = next.nextElementSibling) any ||= !next.hidden;
      part.hidden = !any;
    }
    const output = one("#shown");
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{all}", pairs.length);
    one("#nothing").hidden = shown > 0 || pairs.length === 0;
  }

  function sortPairs() {
    const key = one("#sort").value;
    const sign = key === "confidence" ? 1 : -1;
    const order = key === "order" ? original : [...parts, ...[...pairs].sort((a, b) => sign * (a.dataset[key] - b.dataset[key]) || a.dataset.order - b.dataset.order)];
    list.append(...order);
    filterPairs();
  }

  function filterRows() {
    const change = chosen("change");
    all("#target-rows tbody tr").forEach((row) => { row.hidden = change !== "all" && row.dataset.change !== change; });
  }

  function sortableHeaders() {
    const collator = new Intl.Collator("zh", { numeric: true });
    all("#target-rows thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        all("#target-rows thead th").forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = one("#target-rows tbody");
        const text = (row) => row.children[column].innerText.trim();
        body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * collator.compare(text(a), text(b))));
      });
    });
  }

  // A link leads to its clause even if that is closed or filtered out.
  function openLinked() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.tagName !== "DETAILS") return;
    if (target.hidden) {
      one('input[name="relation"][value="all"]').checked = true;
      one("#search").value = "";
      filterPairs();
    }
    target.open = true;
    target.scrollIntoView();
    one("summary", target).focus({ preventScroll: true });
  }

  function markSection() {
    const links = all(".contents a");
    const watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const link = links.find((a) => a.hash === `#${entry.target.id}`);
        if (!entry.isIntersecting || !link) continue;
        links.forEach((other) => other.removeAttribute("aria-current"));
        link.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -75% 0px" });
    all("main > section").forEach((section) => watcher.observe(section));
  }

  if (list) {
    all('input[name="relation"]').forEach((input) => input.addEventListener("change", filterPairs));
    one("#search").addEventListener("input", filterPairs);
    one("#sort").addEventListener("change", sortPairs);
    one("#expand").addEventListener("click", () => pairs.forEach((pair) => { pair.open ||= !pair.hidden; }));
    one("#collapse").addEventListener("click", () => pairs.forEach((pair) => { pair.open = false; }));
    filterPairs();
    markSection();
    window.addEventListener("hashchange", openLinked);
    openLinked();
  }
  if (one("#target-rows")) {
    all('input[name="change"]').forEach((input) => input.addEventListener("change", filterRows));
    sortableHeaders();
  }

  // On paper everything is open; afterwards the reader finds the page as it was.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
