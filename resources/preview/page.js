// Runs in a world of the preview's own; the page it works on never sees it.
"use strict";
globalThis.preview ??= (() => {
  const made = (like, html) => {
    const box = like.cloneNode(false);
    box.innerHTML = html;
    return box;
  };

  // Replaces the nodes from `start` up to `end` (null: to the end) by `come`, but for those that stay as they are.
  const replace = (box, start, end, come) => {
    const gone = [];
    for (let node = start; node !== end; node = node.nextSibling) gone.push(node);
    while (gone.length && come.length && gone[0].isEqualNode(come[0])) gone.shift(), come.shift();
    while (gone.length && come.length && gone.at(-1).isEqualNode(come.at(-1))) end = gone.pop(), come.pop();
    for (const node of gone) node.remove();
    for (const node of come) box.insertBefore(node, end);
  };

  const into = (node, inner) => [...node.childNodes].find((child) => child.contains(inner));

  // Makes `have` like `want`, but for what stands in `text`, whose place in `want` is `hole`.
  const surround = (have, want, text, hole) => {
    for (const name of have.getAttributeNames()) if (!want.hasAttribute(name)) have.removeAttribute(name);
    for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
    if (have === text) return;
    const stays = into(have, text), like = into(want, hole);
    const all = [...want.childNodes], at = all.indexOf(like);
    replace(have, have.firstChild, stays, all.slice(0, at));
    replace(have, stays.nextSibling, null, all.slice(at + 1));
    surround(stays, like, text, hole);
  };

  // Where an element of the text begins and ends; the last one ends where the text does.
  const edges = (box, number) => {
    const top = (node) => node.getBoundingClientRect().top + scrollY;
    const at = Math.max(0, Math.min(number, box.children.length - 1));
    const next = box.children[at + 1];
    return [top(box.children[at]), next ? top(next) : box.getBoundingClientRect().bottom + scrollY];
  };

  let top = null;  // what `show` or `shown` saw last: it stays at the top when the width changes

  const show = ([selector, place]) => {
    const text = document.querySelector(selector);
    if (!text?.children.length) return;
    const [from, to] = edges(text, Math.floor(place));
    scrollTo(0, place ? from + (place - Math.floor(place)) * (to - from) : 0);
  };

  addEventListener("resize", () => top && show(top));

  return {
    // The page as the theme prints it, on its sheet, or on the screen again.
    paper(on) {
      for (const link of document.querySelectorAll("link.paper")) link.media = on ? "screen" : "not all";
      document.documentElement.classList.toggle("paper", on);
      if (top) show(top);
    },

    // The text in `place` had `had` elements: `gone` of them from `start` on become `html`; `shell` is the <main> around it,
    // or null. False: the page is not what it was thought to be, and nothing was done.
    patch(place, had, start, gone, html, shell) {
      const main = document.querySelector("main");
      const text = main?.querySelector(place);
      if (!text || text.children.length !== had) return false;
      const want = shell === null ? null : made(document.createElement("div"), shell).firstElementChild;
      const hole = want?.querySelector(place);
      if (shell !== null && !hole) return false;
      if (want) surround(main, want, text, hole);
      if (gone || html) {
        const come = made(text, html);
        if (html) come.append("\n");
        replace(text, text.children[start] ?? null, text.children[start + gone] ?? null, [...come.childNodes]);
      }
      return true;
    },

    // Brings element `place` (with its fraction) of the text to the top.
    show(selector, place) { show(top = [selector, place]); },

    // The element at the top, with its fraction; -1: there is none.
    shown(selector) {
      const text = document.querySelector(selector);
      if (!text?.children.length || scrollY <= 0) return scrollY <= 0 ? 0 : -1;
      let low = 0, high = text.children.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (edges(text, middle)[0] <= scrollY) low = middle;
        else high = middle - 1;
      }
      const [from, to] = edges(text, low);
      const place = low + Math.min(1, Math.max(0, (scrollY - from) / Math.max(1, to - from)));
      top = [selector, place];
      return place;
    },
  };
})();
