// The menus open and close without this. It closes them as people are used to: with Escape, by a click
// elsewhere, and when the focus goes on.

const menus = document.querySelectorAll("details[data-site-menu]");

function closeOthers(target) {
  for (const menu of menus) {
    if (menu.open && !menu.contains(target)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeOthers(event.target));

for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget) closeOthers(event.relatedTarget);
  });
}
