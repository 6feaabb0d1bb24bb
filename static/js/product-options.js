/* <product-options>: says at once what the chosen combination costs and how many there are, and which
   values do not go with it. All of that stands in the page, where it can be read without this. */

class ProductOptions extends HTMLElement {
  connectedCallback() {
    this.groups = [...this.querySelectorAll("fieldset")];
    this.variants = [...this.querySelectorAll("[data-variant]")].map((element) => ({
      element,
      values: JSON.parse(element.dataset.variant),
      left: Number(element.dataset.left),
    }));
    this.addEventListener("change", (event) => this.update(event.target));
    // A browser brings back what was chosen before, without saying so.
    window.addEventListener("pageshow", () => this.update());
    this.update();
  }

  get chosen() {
    return this.groups.map((group) => group.querySelector(":checked")?.value);
  }

  /* Variants with these values; any value will do where none is given. */
  variantsWith(values) {
    return this.variants.filter((variant) =>
      values.every((value, place) => value === undefined || value === variant.values[place]),
    );
  }

  /* `wish` is what was chosen last, if anything was. */
  update(wish) {
    const chosen = this.chosen;
    if (this.groups.length > 1) {
      this.groups.forEach((_group, place) => this.mark(place, chosen, wish));
    }
    if (chosen.includes(undefined)) return;
    const [variant] = this.variantsWith(chosen);
    this.tell(variant, chosen);
    if (!variant) return;
    const quantity = this.closest("form").elements.quantity;
    quantity.max = String(variant.left || 1);
    this.show("price", variant);
    this.show("label", variant);
  }

  /* What goes with the choice in the other groups. The last wish stands: it is the others that do
     not go with it. */
  mark(place, chosen, wish) {
    for (const input of this.groups[place].querySelectorAll("input")) {
      const others = input === wish ? chosen.map(() => undefined) : chosen;
      const found = this.variantsWith(others.with(place, input.value));
      const isGone = !found.some(({ left }) => left);
      const words = found.length ? this.dataset.markSoldOut : this.dataset.markNotMade;
      input.parentElement.classList.toggle("option--gone", isGone);
      input.parentElement.querySelector("[data-mark]").textContent = isGone ? words : "";
    }
  }

  tell(variant, chosen) {
    const place = this.querySelector("[data-told]");
    if (!place) return;
    const words = variant?.left ? "" : this.sentence(variant, chosen);
    if (words) place.textContent = words;
    else {
      const told = variant.element.cloneNode(true);
      told.querySelector("[data-price]").remove();
      place.replaceChildren(...told.childNodes);
    }
  }

  sentence(variant, [first, ...rest]) {
    const others = this.variantsWith([first]).filter(({ left }) => !variant || left);
    const ways = others.map(({ values }) => values.slice(1).join(" / ")).join(", ");
    const { words, notMade, soldOut, allSoldOut } = this.dataset;
    const kind = variant ? (ways ? soldOut : allSoldOut) : notMade;
    const name = words.replace("{first}", () => first).replace("{rest}", () => rest.join(" / "));
    return kind.replace("{words}", () => name).replace("{others}", () => ways);
  }

  show(name, { element }) {
    const shown = element.querySelector(`[data-${name}]`);
    if (!shown) return;
    for (const place of this.closest("[data-offer]")?.querySelectorAll(`[data-offer-${name}]`) ?? []) {
      place.replaceChildren(...shown.cloneNode(true).childNodes);
    }
  }
}

customElements.define("product-options", ProductOptions);
