"""Whether text can be told from its ground: axe-core's slowest rule, asked once for each such pair.

What that rule finds depends on nothing but the color, size and weight of a text and on what lies
below it. A site shows a few hundred such pairs a hundred thousand times, so a text is left out when
the rule has judged one alike. Where what lies below cannot be told from a text's own ancestors (it
floats above others, or is seen through), it is judged each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.axe import provide_axe, sentences

RUN = """async ([without, judged]) => {
  const known = new Set(judged);
  const grounds = new Map();
  const mayCoverOthers = ({ position, gridRowStart, gridColumnStart, transform }) =>
    !["static", "relative"].includes(position) || transform !== "none" ||
    (gridRowStart !== "auto" && gridColumnStart !== "auto");
  const groundOf = (element) => {
    if (!element) return { layers: "", isSure: true, isFaded: false };
    if (grounds.has(element)) return grounds.get(element);
    const below = groundOf(element.parentElement);
    const style = getComputedStyle(element);
    const color = style.backgroundColor;
    const isFaded = below.isFaded || style.opacity !== "1";
    const image = style.backgroundImage.replace("none", "");
    const isOpaque = color.startsWith("rgb(") && !image;
    const layer = color === "rgba(0, 0, 0, 0)" ? image : `${color} ${image}`;
    const ground = isOpaque
      ? { layers: color, isSure: !isFaded, isFaded }
      : {
          layers: layer ? `${below.layers} < ${layer}` : below.layers,
          isSure: below.isSure && !isFaded && !mayCoverOthers(style),
          isFaded,
        };
    grounds.set(element, ground);
    return ground;
  };
  const lookOf = (element) => {
    const { layers, isSure } = groundOf(element);
    if (!isSure) return null;
    const style = getComputedStyle(element);
    return [
      style.color, style.webkitTextFillColor, style.webkitTextStroke, style.textShadow,
      style.fontSize, style.fontWeight, layers,
    ].join("; ");
  };
  // What only ears are to find is a pixel large.
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    Math.min(element.offsetWidth, element.offsetHeight) > 1;
  const hasText = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const looks = new Map(
    [...document.body.querySelectorAll("*")]
      .filter((element) => isSeen(element) && hasText(element))
      .map((element) => [element, lookOf(element)])
      .filter(([, look]) => !known.has(look)),
  );
  if (!looks.size) return { nodes: [], judged: [] };
  const found = await axe.run(
    { include: [...looks.keys()], exclude: without.map((selector) => [selector]) },
    {
      runOnly: { type: "rule", values: ["color-contrast"] }, elementRef: true,
      resultTypes: ["violations", "passes"], preload: false, iframes: false,
    },
  );
  const told = [...found.violations, ...found.passes].flatMap(({ nodes }) => nodes);
  return {
    nodes: found.violations.flatMap(inWords),
    judged: told.map(({ element }) => looks.get(element)).filter((look) => look),
  };
}"""


@dataclass
class Contrasts:
    """Remembers the pairs of text and ground that were judged, over any number of pages."""

    judged: set[str] = field(default_factory=set)

    def judge(self, page: Page, *, without: Sequence[str] = ()) -> list[str]:
        """A sentence for each text that is too pale, unless one alike was told before; `without`
        names parts that are not ours."""
        provide_axe(page)
        answer = page.evaluate(RUN, [list(without), list(self.judged)])
        self.judged.update(answer["judged"])
        return sentences(answer["nodes"])
