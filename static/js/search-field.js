/* <search-field>: suggests pages while somebody types (a combobox with a list of links). Without it
   the form searches as ever. */

const PAUSE = 200;
const MIN_LENGTH = 2;

class SearchField extends HTMLElement {
  #input;
  #popup = document.createElement("div");
  #status = document.createElement("p");
  #timer = 0;
  #asked = 0;
  #active = -1;

  connectedCallback() {
    this.#input = this.querySelector("input[type=search]");
    this.#popup.className = "suggestions-popup";
    this.#popup.id = `${this.#input.id}-suggestions`;
    this.#popup.hidden = true;
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.querySelector("form").append(this.#popup, this.#status);
    this.#input.autocomplete = "off";
    this.#set("role", "combobox");
    this.#set("aria-autocomplete", "list");
    this.#set("aria-expanded", "false");
    this.#set("aria-controls", this.#popup.id);
    this.#input.addEventListener("input", () => this.#later());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget)) this.#close();
    });
    // A press on the list must not take the focus away before it is a click.
    this.#popup.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get #options() {
    return [...this.#popup.querySelectorAll('[role="option"]')];
  }

  #set(name, value) {
    this.#input.setAttribute(name, value);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const turn = ++this.#asked;
    const query = this.#input.value.trim();
    if (query.length < MIN_LENGTH) {
      this.#close();
      return;
    }
    let html = "";
    try {
      const address = `${this.dataset.suggest}?${new URLSearchParams({ q: query })}`;
      const response = await fetch(address);
      if (response.ok) html = await response.text();
    } catch {
      html = ""; // Suggestions are a courtesy; the form still searches.
    }
    if (turn === this.#asked && document.activeElement === this.#input) this.#open(html);
  }

  #open(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    this.#popup.replaceChildren(...page.body.childNodes);
    const number = this.#options.length;
    if (number === 0) {
      this.#close();
      return;
    }
    this.#active = -1;
    this.#popup.hidden = false;
    this.#set("aria-expanded", "true");
    this.#input.removeAttribute("aria-activedescendant");
    const words = number === 1 ? this.dataset.one : this.dataset.many;
    this.#status.textContent = words.replace("0", String(number));
  }

  #close() {
    this.#asked += 1;
    clearTimeout(this.#timer);
    this.#popup.hidden = true;
    this.#active = -1;
    this.#set("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
    this.#status.textContent = "";
  }

  #key(event) {
    if (this.#popup.hidden) {
      if (event.key === "ArrowDown") this.#ask();
      return;
    }
    const number = this.#options.length;
    if (event.key === "ArrowDown") this.#mark((this.#active + 2) % (number + 1) - 1);
    else if (event.key === "ArrowUp") this.#mark((this.#active + number + 1) % (number + 1) - 1);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && this.#active >= 0) {
      this.#options[this.#active].querySelector("a").click();
    } else return;
    event.preventDefault();
  }

  /* -1 is the field itself. */
  #mark(place) {
    this.#active = place;
    this.#options.forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === place));
    });
    const option = this.#options[place];
    if (option) {
      this.#set("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.#input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("search-field", SearchField);
