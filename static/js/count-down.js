/* <count-down end="2027-01-01T12:00:00+01:00">: counts what is left beside the moment that the page
   names in words. When it is over, the words for that take its place, or nothing. */

const UNITS = { days: 86400, hours: 3600, minutes: 60, seconds: 1 };

class CountDown extends HTMLElement {
  connectedCallback() {
    this.end = Date.parse(this.getAttribute("end"));
    if (Number.isNaN(this.end)) return;
    this.timer = window.setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    window.clearInterval(this.timer);
  }

  tick() {
    const left = Math.floor((this.end - Date.now()) / 1000);
    if (left <= 0) {
      this.finish();
      return;
    }
    let rest = left;
    for (const [name, seconds] of Object.entries(UNITS)) {
      this.querySelector(`[data-unit="${name}"]`).textContent = String(Math.floor(rest / seconds));
      rest %= seconds;
    }
    this.querySelector("[data-clock]").hidden = false;
  }

  finish() {
    window.clearInterval(this.timer);
    const over = this.querySelector("[data-over]");
    if (over) {
      this.querySelector("[data-running]").hidden = true;
      over.hidden = false;
    } else {
      this.closest(".block")?.remove();
    }
  }
}

customElements.define("count-down", CountDown);
