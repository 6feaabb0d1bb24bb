/* Wagtail's blocks unfold and fold with jQuery, which does not ask who wants less motion. A form that stands still is
   also easier to hit for somebody whose hand is not steady. */
{
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const follow = () => (window.jQuery.fx.off = calm.matches);
  calm.addEventListener("change", follow);
  follow();
}
