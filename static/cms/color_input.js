// Keeps the text of a color and its swatch the same, whichever of the two is changed.

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-color-input]");
  if (!field) return;
  const [text, swatch] = field.querySelectorAll("input");
  if (event.target === swatch) {
    text.value = swatch.value;
    text.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (/^#[0-9a-f]{6}$/i.test(text.value)) {
    swatch.value = text.value;
  }
});
