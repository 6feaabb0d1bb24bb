from home.models.landing import HomePage, LandingIndexPage, LandingPage
from home.models.searches import SearchOutcome
from home.models.short_addresses import ShortAddress
from home.models.stories import StoryIndexPage, StoryPage, StoryPageTag
from home.models.templates import LandingTemplatesPage

__all__ = [
    "HomePage",
    "LandingIndexPage",
    "LandingPage",
    "LandingTemplatesPage",
    "SearchOutcome",
    "ShortAddress",
    "StoryIndexPage",
    "StoryPage",
    "StoryPageTag",
]
