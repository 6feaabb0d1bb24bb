from home.models.landing import HomePage, LandingIndexPage, LandingPage
from home.models.stories import StoryIndexPage, StoryPage

__all__ = ["HomePage", "LandingIndexPage", "LandingPage", "StoryIndexPage", "StoryPage"]
