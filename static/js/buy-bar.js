/* <buy-bar>: stays at the bottom of a small screen once the button it stands for has been scrolled
   past. Without it nothing is missing: the button is where it was. */

class BuyBar extends HTMLElement {
  connectedCallback() {
    const button = document.querySelector(`#${this.getAttribute("for")} [data-add]`);
    if (!button) return;
    const show = (entries) => {
      const isPast = !entries.at(-1).isIntersecting;
      this.toggleAttribute("shown", isPast || this.contains(document.activeElement));
    };
    // Whatever lies below the screen counts as seen, so that a leap past the button is noticed.
    this.watch = new IntersectionObserver(show, { rootMargin: "0px 0px 1000000px" });
    this.watch.observe(button);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }
}

customElements.define("buy-bar", BuyBar);
