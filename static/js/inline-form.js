/* <inline-form>: sends the form in it without leaving the page, and shows the part of the answer
   that stands for it in its place. Without this the form is sent as any other. */

const PART = "[data-inline-part]";
const FOCUS = "[data-inline-focus], .error-summary";

class InlineForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    const form = event.target;
    if (event.defaultPrevented || this.isBusy) {
      event.preventDefault();
      return;
    }
    event.preventDefault();
    this.isBusy = true;
    this.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector(PART);
      if (!part) throw new Error("The answer holds no part for this place.");
      this.show(part);
    } catch {
      form.submit();
    } finally {
      this.isBusy = false;
      this.removeAttribute("aria-busy");
    }
  }

  show(part) {
    this.replaceChildren(...part.childNodes);
    this.querySelector(FOCUS)?.focus();
  }
}

customElements.define("inline-form", InlineForm);
