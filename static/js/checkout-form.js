/* <checkout-form>: what follows from the country and from the way of delivery (the ways there are, the amounts) is
   brought up to date as soon as one is chosen, and said. Without it the form's own buttons do the same. */

const LONGEST_MS = 8000;
const FOLLOWED = ["country", "shipping_method"];

class CheckoutForm extends HTMLElement {
  #latest = 0;
  #status;

  connectedCallback() {
    this.#status = this.querySelector(".checkout__summary [role=status]");
    this.addEventListener("change", ({ target }) => FOLLOWED.includes(target.name) && this.#ask(target));
    // Who goes on does not wait for an answer, nor for what would be done without one.
    this.addEventListener("submit", () => (this.#latest += 1));
  }

  async #ask({ name, form }) {
    const turn = ++this.#latest;
    const [button] = form.elements.update;
    try {
      const body = new URLSearchParams(new FormData(form, button));
      const signal = AbortSignal.timeout(LONGEST_MS);
      const answer = await fetch(form.action, { method: "POST", body, signal });
      if (!answer.ok || answer.redirected) throw new Error("This is no form to take something from.");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn === this.#latest) this.#show(page, name, form);
    } catch {
      if (turn === this.#latest) form.requestSubmit(button);
    }
  }

  /* Only what follows: the rest may have been filled in meanwhile, and the focus stays where it is. */
  #show(page, name, form) {
    const find = (part, place) => place.querySelector(`[data-part=${part}]`);
    const parts = name === "country" ? ["methods", "amounts", "sending"] : ["amounts", "sending"];
    for (const part of parts) find(part, this).replaceChildren(...find(part, page).childNodes);
    form.elements.quote.value = page.querySelector("[name=quote]").value;
    this.#status.textContent = find("amounts", page).dataset.told;
  }
}

customElements.define("checkout-form", CheckoutForm);
