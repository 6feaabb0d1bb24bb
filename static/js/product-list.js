/* <product-list>: applies a filter or an order as soon as it is chosen, in place. Without it the
   form's own buttons do the same. */

class ProductList extends HTMLElement {
  #status = document.createElement("p");
  #latest = 0;

  connectedCallback() {
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.after(this.#status);
    this.addEventListener("change", () => this.#show(this.#address(), true));
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#show(this.#address(), true);
    });
    this.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => this.#show(location.href, false));
  }

  /* Only what says something stands in the address. */
  #address() {
    const form = this.querySelector("form");
    const said = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(said).toString();
    return query ? `?${query}` : location.pathname;
  }

  #follow(event) {
    const link = event.target.closest(".chip, .filters__clear");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    this.#show(link.href, true);
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

  /* Where the reader was and what was open stays as it was. */
  #replace(fresh) {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const id = focused?.id;
    const open = [...this.querySelectorAll("details")].map((one) => one.open);
    if (fresh.querySelectorAll("details").length === open.length) {
      fresh.querySelectorAll("details").forEach((one, place) => (one.open = open[place]));
    } else if (open[0]) {
      fresh.querySelector("details")?.setAttribute("open", "");
    }
    const spoken = fresh.querySelector('[role="status"]');
    spoken?.removeAttribute("role");
    this.replaceChildren(...fresh.childNodes);
    this.#status.textContent = spoken?.textContent.trim() ?? "";
    if (!focused) return;
    const again = id ? document.getElementById(id) : this.querySelector("#sort");
    again?.focus({ preventScroll: true });
  }
}

customElements.define("product-list", ProductList);
