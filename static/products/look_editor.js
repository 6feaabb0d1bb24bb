/* The editor of "shop the look": products are placed on the picture by clicking, dragging or with
   the arrow keys. The number fields of each product stay what is saved; this only fills them in. */
{
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const clamp = (number) => Math.min(100, Math.max(0, Math.round(number)));

  class LookBoard {
    constructor(block, options) {
      this.picture = block.childBlocks.picture;
      this.points = block.childBlocks.points;
      this.options = options;
      this.element = this.build();
      const list = block.container[0].querySelector('[data-contentpath="points"]');
      list.before(this.element);
      block.container[0].addEventListener("input", () => this.refresh());
      // Choosing a picture, adding, removing and moving a product change the form's elements.
      new MutationObserver(() => this.refreshSoon()).observe(block.container[0], {
        childList: true,
        subtree: true,
        attributes: true,
        attributeFilter: ["src", "value"],
      });
      this.refresh();
    }

    build() {
      const element = document.createElement("div");
      element.className = "look-board";
      this.help = document.createElement("p");
      this.help.className = "look-board__help";
      this.stage = document.createElement("div");
      this.stage.className = "look-board__stage";
      this.image = document.createElement("img");
      this.image.alt = "";
      this.image.className = "look-board__image";
      this.image.addEventListener("error", () => this.showSmallPicture());
      this.image.addEventListener("click", (event) => this.addAt(this.placeOf(event)));
      this.stage.append(this.image);
      element.append(this.help, this.stage);
      return element;
    }

    refreshSoon() {
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(() => this.refresh());
    }

    refresh() {
      const chosen = this.chosenPicture();
      this.stage.hidden = !chosen;
      this.setText(this.help, chosen ? this.options.help : this.options.emptyLabel);
      if (!chosen) return;
      const url = this.options.pictureUrl.replace("/0/", `/${chosen.id}/`);
      if (this.wanted !== url) {
        this.wanted = url;
        this.image.src = url;
      }
      this.drawMarkers();
    }

    setText(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }

    chosenPicture() {
      const state = this.picture.childBlocks.image.getState();
      return state && state.id ? state : null;
    }

    /* Somebody who may not change a picture gets no large preview of it. */
    showSmallPicture() {
      const small = this.chosenPicture()?.preview?.url;
      if (small && this.image.getAttribute("src") !== small) this.image.src = small;
    }

    drawMarkers() {
      const places = this.points.children.map((child) => this.placeFrom(child));
      const markers = [...this.stage.querySelectorAll(".look-board__marker")];
      markers.slice(places.length).forEach((marker) => marker.remove());
      places.forEach(([x, y], index) => {
        const marker = markers[index] || this.addMarker(index);
        const style = `left: ${x}%; top: ${y}%`;
        if (marker.dataset.place !== style) {
          marker.dataset.place = style;
          marker.style.cssText = style;
        }
      });
    }

    addMarker(index) {
      const marker = document.createElement("button");
      marker.type = "button";
      marker.className = "look-board__marker";
      marker.textContent = index + 1;
      marker.setAttribute("aria-label", this.options.pointLabel.replace("%s", index + 1));
      marker.addEventListener("keydown", (event) => this.moveByKey(event, index));
      marker.addEventListener("pointerdown", (event) => this.drag(event, marker, index));
      this.stage.append(marker);
      return marker;
    }

    moveByKey(event, index) {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const [x, y] = this.placeFrom(this.points.children[index]);
      const size = event.shiftKey ? 5 : 1;
      this.moveTo(index, [x + step[0] * size, y + step[1] * size]);
    }

    drag(event, marker, index) {
      event.preventDefault(); // Or the browser begins to drag the form's text along.
      marker.focus();
      marker.setPointerCapture(event.pointerId);
      const move = (moved) => this.moveTo(index, this.placeOf(moved));
      marker.addEventListener("pointermove", move);
      const end = () => marker.removeEventListener("pointermove", move);
      marker.addEventListener("pointerup", end, { once: true });
      marker.addEventListener("pointercancel", end, { once: true });
    }

    placeOf(event) {
      const box = this.image.getBoundingClientRect();
      return [
        ((event.clientX - box.left) / box.width) * 100,
        ((event.clientY - box.top) / box.height) * 100,
      ];
    }

    fieldsOf(child) {
      const { x, y } = child.block.childBlocks;
      return [x, y];
    }

    placeFrom(child) {
      return this.fieldsOf(child).map((field) => clamp(Number(field.getValue()) || 0));
    }

    moveTo(index, place) {
      const fields = this.fieldsOf(this.points.children[index]);
      fields.forEach((field, axis) => {
        field.setState(String(clamp(place[axis])));
        // Tells autosave and the unsaved-changes warning, which a change by script would not.
        const input = field.element?.querySelector?.("input") || field.element;
        input?.dispatchEvent?.(new Event("change", { bubbles: true }));
      });
      this.drawMarkers();
    }

    addAt(place) {
      const index = this.points.children.length;
      if (index >= this.options.maxPoints) return;
      const state = { ...this.points.blockDef.initialChildState };
      state.x = String(clamp(place[0]));
      state.y = String(clamp(place[1]));
      this.points.insert(state, index, { animate: true, id: crypto.randomUUID?.() });
      this.drawMarkers();
    }
  }

  class ShopTheLookDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      block.lookBoard = new LookBoard(block, this.meta.board);
      return block;
    }
  }

  window.telepath.register("products.blocks.ShopTheLookBlock", ShopTheLookDefinition);
}
