/* <product-list>: applies a filter or an order as soon as it is chosen, in place, and shows the filters
   of a small screen in a dialog. Without it the form's own buttons do the same. */

const WIDE = matchMedia("(min-width: 64rem)");

class ProductList extends HTMLElement {
  #status = document.createElement("p");
  #latest = 0;
  #shown = this.#here;

  connectedCallback() {
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.after(this.#status);
    this.addEventListener("change", () => this.#show(this.#address(), true));
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#drawer?.close();
      this.#show(this.#address(), true);
    });
    this.addEventListener("click", (event) => this.#click(event));
    // A dialog's "close" does not bubble.
    this.addEventListener("close", () => this.#part("details").append(this.#part("groups")), true);
    // A jump within the page is told as well; what it leads to, and has the focus, must not be made anew.
    window.addEventListener("popstate", () => {
      // Who goes back and forth faster than lists arrive has left the one that is on its way.
      const isOnItsWay = this.hasAttribute("aria-busy");
      if (isOnItsWay || this.#here !== this.#shown) this.#show(location.href, false);
    });
    WIDE.addEventListener("change", () => this.#drawer?.close());
  }

  get #here() {
    return location.pathname + location.search;
  }

  get #drawer() {
    return this.querySelector("dialog[open]");
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  /* Only what says something stands in the address. */
  #address() {
    const form = this.querySelector("form");
    const said = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(said).toString();
    return query ? `?${query}` : location.pathname;
  }

  #click(event) {
    const link = event.target.closest(".chip, .filters__clear");
    if (event.target.closest("summary") === this.#part("summary") && !WIDE.matches) {
      event.preventDefault();
      const drawer = this.querySelector("dialog");
      drawer.append(this.#part("groups"));
      drawer.showModal();
    } else if (event.target.closest("[data-close]") || event.target.matches("dialog")) {
      this.#drawer.close();
    } else if (link && !(event.metaKey || event.ctrlKey || event.shiftKey || event.button)) {
      event.preventDefault();
      this.#show(link.href, true);
    }
  }

  async #show(address, isNew) {
    const turn = ++this.#latest;
    this.setAttribute("aria-busy", "true");
    const fresh = await this.#fetch(address);
    if (turn !== this.#latest) return;
    if (!fresh) {
      location.assign(address);
      return;
    }
    if (isNew) history.pushState(null, "", address);
    this.#shown = this.#here;
    this.#replace(fresh);
    this.removeAttribute("aria-busy");
  }

  async #fetch(address) {
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" } });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return page.querySelector("product-list");
    } catch {
      return null;
    }
  }

  /* Part by part, so that an open dialog stays. Where the reader was and what was open stays as it was. */
  #replace(fresh) {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const id = focused?.id;
    for (const { id } of this.querySelectorAll(".filter__more[open]")) {
      fresh.querySelector(`#${id}`)?.setAttribute("open", "");
    }
    const spoken = fresh.querySelector('[role="status"]');
    spoken?.removeAttribute("role");
    for (const name of ["summary", "groups", "main"]) {
      const part = fresh.querySelector(`[data-part="${name}"]`);
      this.#part(name)?.replaceChildren(...(part?.childNodes ?? []));
    }
    this.#status.textContent = spoken?.textContent.trim() ?? "";
    if (!focused || this.contains(document.activeElement)) return;
    const again = id ? document.getElementById(id) : this.querySelector("dialog[open] h2, #sort");
    again?.closest(".filter__more")?.setAttribute("open", "");
    again?.focus({ preventScroll: true });
  }
}

customElements.define("product-list", ProductList);
