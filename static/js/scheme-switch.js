/* Light or dark, as the cookie says. The server writes the same into the page on the way out; this serves
   pages that a cache in front of it answered, and switches without a reload. */
const root = document.documentElement;

// The cookie store answers when it can; document.cookie holds the page up until another process has answered.
const chosen = async () => {
  const pairs = window.cookieStore ? `scheme=${(await cookieStore.get("scheme"))?.value}` : document.cookie;
  return /(?:^|; )scheme=(light|dark)(?:;|$)/.exec(pairs)?.[1] ?? "system";
};

// Writing what stands there already would make a browser work every color out again.
const set = (element, name, value) => element?.getAttribute(name) !== value && element?.setAttribute(name, value);

const show = (scheme) => {
  set(root, "data-scheme", scheme);
  set(document.querySelector('meta[name="color-scheme"]'), "content", scheme === "system" ? "light dark" : scheme);
  for (const radio of document.querySelectorAll("scheme-switch [name=scheme]")) radio.checked = radio.value === scheme;
};

customElements.define(
  "scheme-switch",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("change", ({ target }) => {
        const age = target.value === "system" ? 0 : 31536000;
        const secure = location.protocol === "https:" ? "; secure" : "";
        document.cookie = `scheme=${target.value}; path=/; max-age=${age}; samesite=lax${secure}`;
        show((answer = target.value));
      });
    }
  },
);

let answer;
const follow = async ({ persisted }) => {
  if (persisted) answer = chosen();
  show(await answer);
};

follow({ persisted: true });
// The radios follow when the page is complete, and when it comes back from history.
addEventListener("pageshow", follow);
