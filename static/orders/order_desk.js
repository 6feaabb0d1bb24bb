// Checks all boxes of the list's page at once. Without it they are checked one by one.

const offerToCheckAll = () => {
  for (const whole of document.querySelectorAll("[data-check-all]")) {
    const all = whole.querySelector("input");
    const boxes = [...whole.closest("form").querySelectorAll('input[name="order"]')];
    const update = () => {
      const checked = boxes.filter((box) => box.checked).length;
      all.checked = checked > 0 && checked === boxes.length;
      all.indeterminate = checked > 0 && checked < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    for (const box of boxes) box.addEventListener("change", update);
    addEventListener("pageshow", update); // A browser that goes back keeps what was checked.
    whole.hidden = false;
  }
};

if (document.readyState === "loading") {
  addEventListener("DOMContentLoaded", offerToCheckAll);
} else {
  offerToCheckAll();
}
