/* Fetches the page of a product or a story when somebody points at its link, so that it is there at the click.
   They are the same for everybody and change nothing, unlike the cart or an order. An address with a question is
   left out: filters and pages of a list have no end. */
const AHEAD = /^\/(?:shop|stories)\/[^/]+\/$/;
const DWELL = 65; // Milliseconds: a pointer that only passes by is quicker.
const asked = new Set([location.href]);
let timer;

const fetchAhead = (href) => {
  if (asked.has(href) || navigator.connection?.saveData) return;
  asked.add(href);
  document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }));
};

const pointed = ({ target }) => {
  clearTimeout(timer);
  const link = target.closest?.("a[href]");
  if (link?.origin === location.origin && AHEAD.test(link.pathname) && !link.search)
    timer = setTimeout(fetchAhead, DWELL, link.href.split("#")[0]);
};

for (const type of ["pointerover", "focusin"]) addEventListener(type, pointed, { passive: true });
