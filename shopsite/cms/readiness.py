"""What is not ready before a page is published: things to mend, as rules over facts. Pure.

Other layers add rules of their own through the hook `register_page_checks`: a function that takes
a page and a person and answers with findings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

LinkState = Literal["live", "unpublished", "deleted"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `path` is the content path of the place in the editor, `url` another page
    of the admin where it is mended. `is_blocking` says that the page cannot go live with it."""

    code: str
    text: str
    path: str = ""
    url: str = ""
    is_blocking: bool = False

    @property
    def selector(self) -> str:
        """Finds the place in the editor's form, where each part of the path is an attribute."""
        parts = filter(None, self.path.split("."))
        return " ".join(f'[data-contentpath="{part}"]' for part in parts)


@dataclass(frozen=True)
class PictureFacts:
    """A picture in a stream. `is_silent`: it neither says what it shows nor is decoration."""

    path: str
    label: str
    is_silent: bool


@dataclass(frozen=True)
class LinkFacts:
    """A link to a page of the site, and what became of that page."""

    path: str
    label: str
    title: str
    state: LinkState


@dataclass(frozen=True)
class ContentFacts:
    """Of any page. `empty_body` is the path of its main stream when nothing stands in it."""

    has_description: bool
    empty_body: str = ""
    pictures: Sequence[PictureFacts] = ()
    links: Sequence[LinkFacts] = ()


def content_findings(facts: ContentFacts) -> list[Finding]:
    """In the order in which an editor would go through a page, the body before what search engines
    read."""
    findings = []
    if facts.empty_body:
        findings.append(Finding("empty_body", _("The page has no content."), facts.empty_body))
    findings += [_silent_picture(one) for one in facts.pictures if one.is_silent]
    findings += [_dead_link(one) for one in facts.links if one.state != "live"]
    if not facts.has_description:
        text = _("There is no description for search engines.")
        findings.append(Finding("no_description", text, "search_description"))
    return findings


def one_for_each_place(findings: Iterable[Finding]) -> list[Finding]:
    """Of several findings about one place the first stands; what blocks comes first."""
    places: set[str] = set()
    kept = []
    for finding in findings:
        if finding.path and finding.path in places:
            continue
        places.add(finding.path)
        kept.append(finding)
    return sorted(kept, key=lambda finding: not finding.is_blocking)


def _silent_picture(picture: PictureFacts) -> Finding:
    text = _("%(block)s: a picture has no alternative text.") % {"block": picture.label}
    return Finding("no_alt_text", text, picture.path)


def _dead_link(link: LinkFacts) -> Finding:
    if link.state == "deleted":
        text = _("%(block)s: a link leads to a page that was deleted.") % {"block": link.label}
        return Finding("link_to_deleted_page", text, link.path)
    text = _("%(block)s: a link leads to “%(title)s”, which is not published.") % {
        "block": link.label,
        "title": link.title,
    }
    return Finding("link_to_unpublished_page", text, link.path)
