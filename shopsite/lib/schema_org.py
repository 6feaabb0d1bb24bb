"""What a search engine is told about a page, in the words of schema.org (JSON-LD). Pure.

Each builder returns a plain dict; `script_json` turns several into what may stand inside a script
element. Facts that are not known are left out, never sent empty.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Thing = dict[str, Any]

# What an editor wrote may hold "</script>"; as \u003C it stays text.
SCRIPT_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the front page; `url` is absolute."""

    name: str
    url: str


@dataclass(frozen=True)
class Publisher:
    """Who is behind the site; the addresses are absolute."""

    name: str
    url: str
    logo: str = ""
    email: str = ""


def script_json(things: Sequence[Thing]) -> SafeString:
    """JSON-LD of all of them, safe inside a script element; empty for none."""
    if not things:
        return SafeString("")
    data: Thing = {"@context": "https://schema.org"}
    data |= things[0] if len(things) == 1 else {"@graph": list(things)}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(SCRIPT_ESCAPES))  # noqa: S308  # nosec


def known(facts: Mapping[str, Any]) -> Thing:
    """Only the facts that say something; zero and False do."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], (), {})}


def breadcrumb_list(crumbs: Sequence[Crumb]) -> Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.name, "item": crumb.url}
            for number, crumb in enumerate(crumbs, start=1)
        ],
    }


def organization(publisher: Publisher) -> Thing:
    return known(
        {
            "@type": "Organization",
            "name": publisher.name,
            "url": publisher.url,
            "logo": publisher.logo,
            "email": publisher.email,
        }
    )


def web_site(publisher: Publisher, *, search_url: str) -> Thing:
    """`search_url` is where a search starts, without its parameters."""
    return {
        "@type": "WebSite",
        "name": publisher.name,
        "url": publisher.url,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search_url}?q={{query}}"},
            "query-input": "required name=query",
        },
    }


def article(
    *,
    headline: str,
    url: str,
    description: str,
    images: Sequence[str],
    author: str,
    published: datetime | None,
    modified: datetime | None,
    publisher: Publisher,
) -> Thing:
    """Without an author it is the publisher who speaks."""
    by: Thing = {"@type": "Person", "name": author} if author else organization(publisher)
    return known(
        {
            "@type": "Article",
            "headline": headline,
            "description": description,
            "image": list(images),
            "datePublished": published.isoformat() if published else None,
            "dateModified": modified.isoformat() if modified else None,
            "author": by,
            "publisher": organization(publisher),
            "mainEntityOfPage": url,
        }
    )


def faq_page(questions: Iterable[tuple[str, str]]) -> Thing:
    """Questions with their answers; an answer may be HTML."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
            for question, answer in questions
        ],
    }


@dataclass(frozen=True)
class Instruction:
    """One step, in plain words."""

    name: str
    text: str


def how_to(
    *,
    is_recipe: bool,
    name: str,
    description: str,
    duration: str,
    makes: str,
    needs: Sequence[str],
    steps: Sequence[Instruction],
) -> Thing:
    """A recipe or a how-to; `duration` as ISO 8601 has it, `needs` as a person reads them."""
    instructions = [
        known({"@type": "HowToStep", "name": step.name, "text": step.text}) for step in steps
    ]
    if is_recipe:
        return known(
            {
                "@type": "Recipe",
                "name": name,
                "description": description,
                "totalTime": duration,
                "recipeYield": makes,
                "recipeIngredient": list(needs),
                "recipeInstructions": instructions,
            }
        )
    return known(
        {
            "@type": "HowTo",
            "name": name,
            "description": description,
            "totalTime": duration,
            "yield": makes,
            "supply": [{"@type": "HowToSupply", "name": need} for need in needs],
            "step": instructions,
        }
    )


def merge_faq_pages(things: Iterable[Thing]) -> list[Thing]:
    """The same things with all questions in the first FAQPage: a page can be only one."""
    merged: list[Thing] = []
    faq: Thing | None = None
    for thing in things:
        if thing.get("@type") != "FAQPage":
            merged.append(thing)
        elif faq is None:
            faq = {**thing, "mainEntity": list(thing.get("mainEntity", []))}
            merged.append(faq)
        else:
            faq["mainEntity"].extend(thing.get("mainEntity", []))
    return merged
