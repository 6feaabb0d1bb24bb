/* Wagtail saves by itself while somebody writes. A button pressed while that is on its way would send the same new
   page a second time: the press waits until it has arrived, and then goes to the page that it made. */
{
  const pending = (form) => {
    const autosave = window.wagtail?.app.getControllerForElementAndIdentifier(form, "w-autosave");
    if (!autosave?.submitPromise) return null;
    autosave.activeValue = false; // Nothing more is saved before the press.
    return autosave.submitPromise;
  };

  // The button is not pressable any more by then, so what it says goes along as a field.
  const carryOn = (form, button) => {
    if (button?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.requestSubmit();
  };

  document.addEventListener(
    "submit",
    (event) => {
      const saved = event.target instanceof HTMLFormElement && pending(event.target);
      if (!saved) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      saved.finally(() => setTimeout(carryOn, 0, event.target, event.submitter));
    },
    { capture: true },
  );
}
