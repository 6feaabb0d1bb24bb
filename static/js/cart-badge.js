/* Writes the number of things in the cart into the header's badge. The server does the same on the
   way out; this serves pages that came from a cache in front of it or from the back button, and those
   that put something into the cart without being left. */

// The cookie store answers when it can; document.cookie holds the page up until another process has answered.
async function countFromCookie() {
  const pairs = window.cookieStore ? `cart_count=${(await cookieStore.get("cart_count"))?.value}` : document.cookie;
  return Number(/(?:^|; )cart_count=([1-9][0-9]{0,3})(?:;|$)/.exec(pairs)?.[1] ?? 0);
}

async function fillBadge() {
  const badge = document.querySelector("[data-cart-badge]");
  const link = badge?.closest("[data-cart-label-one]");
  if (!badge || !link) return;
  const count = await countFromCookie();
  badge.hidden = count === 0;
  if (count === 0) {
    badge.replaceChildren();
    return;
  }
  const number = document.createElement("span");
  number.setAttribute("aria-hidden", "true");
  number.textContent = String(count);
  const label = document.createElement("span");
  label.className = "visually-hidden";
  const words = count === 1 ? link.dataset.cartLabelOne : link.dataset.cartLabelMany;
  label.textContent = words.replace("0", String(count));
  badge.replaceChildren(number, label);
}

fillBadge();
window.addEventListener("cart-change", fillBadge);
window.addEventListener("pageshow", ({ persisted }) => persisted && fillBadge());
