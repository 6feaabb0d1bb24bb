/* <buy-bar>: stays at the bottom of a small screen once the button it stands for has been scrolled
   past. Without it nothing is missing: the button is where it was. */

class BuyBar extends HTMLElement {
  connectedCallback() {
    const button = document.querySelector(`#${this.getAttribute("for")} [data-add]`);
    if (!button) return;
    this.watch = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
      const isPast = !isIntersecting && boundingClientRect.bottom <= 0;
      this.toggleAttribute("shown", isPast || this.contains(document.activeElement));
    });
    this.watch.observe(button);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }
}

customElements.define("buy-bar", BuyBar);
