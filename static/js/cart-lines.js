/* <cart-lines>: shows the button that sends the number of a line when somebody has typed one. The steps
   beside it send themselves. Without this, the button is always there. */

class CartLines extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => (event.target.form.dataset.changed = ""));
  }
}

customElements.define("cart-lines", CartLines);
