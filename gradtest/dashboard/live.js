"use strict";
// Follows the evidence: takes in the new page when its version changes, and keeps what the reader has set.
(() => {
  const section = () => document.querySelector(".live");
  let version = section().dataset.version, latest = version, busy = false, last = null;

  const say = (on, text) => {
    section().classList.toggle("on", on);
    section().classList.toggle("off", !on);
    document.getElementById("live-state").textContent = text;
  };

  // What the reader has set, by keys that survive a change of the page.
  const words = e => e.textContent.replace(/\d+/g, "#").replace(/\bcalls?\b/g, "calls").trim();
  const numbered = (list, name) => {
    const seen = new Map();
    return [...list].map(e => {
      const k = name(e), n = seen.get(k) || 0;
      seen.set(k, n + 1);
      return [k + "\0" + n, e];
    });
  };
  const folds = () => numbered(document.querySelectorAll("main details"), d => words(d.querySelector("summary") || d));
  const boxes = () => numbered(document.querySelectorAll("main *"), e => e.tagName + (e.getAttribute("aria-label") || e.className.baseVal || e.className));
  const focusable = () => numbered(document.querySelectorAll("main :is(button, input, select, summary, a, [tabindex])"), e => e.id || e.tagName + words(e));
  const anchor = () => {
    const marks = [...document.querySelectorAll("main [id], main summary")];
    return marks.filter(e => e.getBoundingClientRect().height && e.getBoundingClientRect().top <= innerHeight / 2).pop();
  };
  const keep = () => {
    const at = anchor(), focus = document.activeElement;
    return {
      open: folds().map(([k, d]) => [k, d.open]),
      inputs: [...document.querySelectorAll("main :is(input, select)[id]")].map(e => [e.id, e.value, e.checked]),
      sorts: [...document.querySelectorAll("main table")].map(t => {
        const head = t.tHead && [...t.tHead.rows[0].cells].findIndex(c => c.hasAttribute("aria-sort"));
        return head >= 0 && head !== null ? [head, t.tHead.rows[0].cells[head].getAttribute("aria-sort")] : null;
      }),
      scrolled: boxes().filter(([, e]) => e.scrollLeft || e.scrollTop).map(([k, e]) => [k, e.scrollLeft, e.scrollTop]),
      focus: focus && focus !== document.body && document.querySelector("main").contains(focus) ? (focusable().find(([, e]) => e === focus) || [])[0] : null,
      caret: focus && focus.tagName === "INPUT" && focus.type === "search" ? [focus.selectionStart, focus.selectionEnd] : null,
      anchor: at ? [at.id || "", at.id ? "" : (folds().find(([, d]) => d === at.parentElement) || [])[0], at.getBoundingClientRect().top] : null,
      y: scrollY,
    };
  };
  const restore = kept => {
    const open = new Map(kept.open);
    for (const [k, d] of folds()) if (open.has(k)) d.open = open.get(k);
    for (const [id, value, checked] of kept.inputs) {
      const e = document.getElementById(id);
      if (!e || (e.value === value && e.checked === checked)) continue;
      e.value = value;
      e.checked = checked;
      e.dispatchEvent(new Event("input", {bubbles: true}));
      e.dispatchEvent(new Event("change", {bubbles: true}));
    }
    [...document.querySelectorAll("main table")].forEach((t, i) => {
      if (!kept.sorts[i] || !t.tHead) return;
      const [column, order] = kept.sorts[i], head = t.tHead.rows[0].cells[column], button = head && head.querySelector("button");
      for (let n = 0; button && n < 3 && head.getAttribute("aria-sort") !== order; n++) button.click();
    });
    const scrolled = new Map(kept.scrolled.map(([k, x, y]) => [k, [x, y]]));
    for (const [k, e] of boxes()) if (scrolled.has(k)) [e.scrollLeft, e.scrollTop] = scrolled.get(k);
    const focus = kept.focus && focusable().find(([k]) => k === kept.focus);
    if (focus) {
      focus[1].focus({preventScroll: true});
      if (kept.caret) focus[1].setSelectionRange(...kept.caret);
    }
    let y = kept.y;
    if (kept.anchor && kept.y > 0) {
      const [id, fold, top] = kept.anchor, same = folds().find(([k]) => k === fold);
      const e = id ? document.getElementById(id) : same && same[1].querySelector("summary");
      if (e) y = scrollY + e.getBoundingClientRect().top - top;
    }
    scrollTo({top: y, left: scrollX, behavior: "instant"});
  };

  // A reader who is marking text, or is in another tab, is not disturbed: the page is taken in afterwards.
  const disturbs = () => document.hidden || (getSelection() && !getSelection().isCollapsed);

  const update = async () => {
    if (busy || version === latest || disturbs()) return;
    busy = true;
    try {
      const answer = await fetch("/", {cache: "no-store"});
      if (!answer.ok) throw new Error(await answer.text());
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (disturbs()) return;
      const kept = keep();
      version = next.querySelector(".live").dataset.version;
      document.title = next.title;
      document.querySelector("header").replaceWith(next.querySelector("header"));
      document.querySelector("main").replaceWith(next.querySelector("main"));
      for (const script of next.querySelectorAll("body > script:not([src])")) { // binds to the new elements
        const again = document.createElement("script");
        again.textContent = script.textContent;
        document.body.append(again);
        again.remove();
      }
      restore(kept);
      if (last) show(last);
    } catch {
      setTimeout(update, 2000); // the stream says what is wrong
    } finally {
      busy = false;
    }
    if (version !== latest) setTimeout(update, 1000);
  };

  const show = message => {
    last = message;
    if (!message.on) {
      say(false, "The dashboard does not answer: this is the last known state. It continues when the dashboard is back.");
      return;
    }
    say(true, "Follows the evidence.");
    if (message.html !== undefined) document.getElementById("live").innerHTML = message.html;
    if (message.version !== undefined) latest = message.version;
    update();
  };
  document.addEventListener("visibilitychange", update);
  document.addEventListener("selectionchange", () => { if (!disturbs()) update(); });

  const listen = use => {
    const source = new EventSource("/events");
    let said = null;
    source.addEventListener("state", e => use({on: true, ...JSON.parse(e.data)}));
    source.onerror = () => {
      use({on: false});
      if (source.readyState === EventSource.CLOSED && !said) {
        said = setTimeout(() => listen(use), 2000); // an error that the browser does not retry
      }
    };
  };
  // A browser keeps six connections to a server, so that tabs with a stream each would block one another: one tab listens
  // for all.
  if (navigator.locks && window.BroadcastChannel) {
    const channel = new BroadcastChannel("gradtest-dashboard");
    channel.onmessage = e => { if (e.data !== "hello") show(e.data); };
    navigator.locks.request("gradtest-dashboard", () => new Promise(() => {
      let state = null;
      channel.onmessage = e => { if (e.data === "hello" && state) channel.postMessage(state); };
      listen(message => {
        state = message.on ? message : {...state, ...message};
        show(message);
        channel.postMessage(message);
      });
    }));
    channel.postMessage("hello");
  } else {
    listen(show);
  }
})();
