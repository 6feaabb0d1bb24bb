/* <picture-lightbox>: opens the links to large pictures in it in a dialog, one after another.
   Without this a link leads to the picture itself. */

class PictureLightbox extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.links = [...this.querySelectorAll("[data-large]")];
    this.addEventListener("click", (event) => this.click(event));
    this.dialog.addEventListener("keydown", (event) => this.key(event));
  }

  click(event) {
    const link = event.target.closest("[data-large]");
    const step = event.target.closest("[data-step]");
    const hasOtherWish = event.metaKey || event.ctrlKey || event.shiftKey;
    if (link && !hasOtherWish) {
      event.preventDefault();
      this.show(this.links.indexOf(link));
      this.dialog.showModal();
    } else if (step) {
      this.show(this.number + Number(step.dataset.step));
    } else if (event.target.closest("[data-zoom], [data-picture]")) {
      this.zoom(!this.isZoomed);
    } else if (event.target.closest("[data-close]") || event.target === this.dialog) {
      this.dialog.close();
    }
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    // What is enlarged is moved about by the arrows.
    if (!step || event.target === this.part("picture")) return;
    event.preventDefault();
    this.show(this.number + (this.matches(":dir(rtl)") ? -step : step));
  }

  get isZoomed() {
    return this.dialog.classList.contains("lightbox--zoomed");
  }

  zoom(isLarge) {
    this.dialog.classList.toggle("lightbox--zoomed", isLarge);
    this.part("zoom").setAttribute("aria-pressed", String(isLarge));
    const picture = this.part("picture");
    picture.tabIndex = isLarge ? 0 : -1;
    if (!isLarge) return;
    picture.scrollTo(
      (picture.scrollWidth - picture.clientWidth) / 2,
      (picture.scrollHeight - picture.clientHeight) / 2,
    );
  }

  show(number) {
    this.zoom(false);
    this.number = (number + this.links.length) % this.links.length;
    const link = this.links[this.number];
    const image = document.createElement("img");
    image.src = link.href;
    image.alt = link.querySelector("img").alt;
    image.width = Number(link.dataset.width);
    image.height = Number(link.dataset.height);
    image.className = "lightbox__image";
    this.part("picture").replaceChildren(image);
    this.part("words").textContent = link.dataset.caption;
    this.part("count").textContent = `${this.number + 1} / ${this.links.length}`;
  }

  part(name) {
    return this.dialog.querySelector(`[data-${name}]`);
  }
}

customElements.define("picture-lightbox", PictureLightbox);
