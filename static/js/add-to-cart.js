/* <add-to-cart>: adds what its form says without leaving the page, and says beside the button what
   became of it. Without it the form leads to the cart. */

class AddToCart extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.isBusy) this.send(event.target, event.submitter);
    });
  }

  /* The button may stand in a bar of its own, which then has a place for the answer, too. */
  async send(form, button) {
    const place = (button?.closest("buy-bar") ?? this).querySelector("[data-answer]");
    this.isBusy = true;
    button?.setAttribute("aria-busy", "true");
    place.replaceChildren();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "X-Requested-With": "add-to-cart" },
      });
      if (!answer.ok || answer.redirected) throw new Error("No answer to show here.");
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...told.body.childNodes);
      window.dispatchEvent(new Event("cart-change"));
    } catch {
      place.textContent = place.dataset.failed;
    }
    this.isBusy = false;
    button?.removeAttribute("aria-busy");
  }
}

customElements.define("add-to-cart", AddToCart);
