/* <cart-drawer>: shows the cart beside the page when its link is followed. What is changed there is
   sent like any form, and the answer takes the place of what was shown. Without it, where the page
   says `plain`, and when anything goes wrong, the link leads to the cart. */

const LONGEST_MS = 8000;

class CartDrawer extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("plain")) return;
    this.link = this.querySelector("a");
    this.link.setAttribute("aria-haspopup", "dialog");
    this.dialog = document.createElement("dialog");
    this.dialog.className = "drawer";
    this.dialog.setAttribute("aria-labelledby", "drawer-title");
    this.append(this.dialog);
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("change", (event) => event.target.form.requestSubmit());
    this.addEventListener("submit", (event) => this.send(event));
    // The back button must not bring back a cart of earlier.
    window.addEventListener("pagehide", () => this.dialog.close());
  }

  click(event) {
    const hasOtherWish = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (this.link.contains(event.target) && !hasOtherWish) {
      event.preventDefault();
      this.show(`${this.link.href}drawer/`);
    } else if (event.target.closest("[data-close]") || event.target === this.dialog) {
      this.dialog.close();
    }
  }

  async send(event) {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    await this.show(event.target.action, { method: "POST", body });
    window.dispatchEvent(new Event("cart-change"));
  }

  async show(address, options) {
    if (this.ariaBusy === "true") return;
    this.ariaBusy = "true";
    try {
      const headers = { "X-Requested-With": "cart-drawer" };
      const signal = AbortSignal.timeout(LONGEST_MS);
      const answer = await fetch(address, { ...options, headers, signal });
      if (!answer.ok || answer.redirected) throw new Error("This is no content for a drawer.");
      this.fill(await answer.text());
    } catch {
      location.assign(this.link.href);
    }
    this.ariaBusy = null;
  }

  /* Who was at a button stays at it; where that has gone, the title says what there is now. */
  fill(html) {
    const { id } = document.activeElement;
    const { body } = new DOMParser().parseFromString(html, "text/html");
    this.dialog.replaceChildren(...body.childNodes);
    if (!this.dialog.open) return this.dialog.showModal();
    const again = id && this.dialog.querySelector(`[id="${CSS.escape(id)}"]:enabled`);
    (again || this.dialog.querySelector("h2")).focus();
  }
}

customElements.define("cart-drawer", CartDrawer);
