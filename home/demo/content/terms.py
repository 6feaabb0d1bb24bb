"""The terms of sale: short, and said plainly to be those of a demo."""

from home.demo.blocks import text
from home.demo.shapes import DemoLandingPage

TERMS = DemoLandingPage(
    branch="home",
    slug="terms",
    title="Terms of sale",
    search_description="What you and Fern & Kettle agree on when you order.",
    share_picture="fern-and-kettle.jpg",
    days_ago=60,
    body=(
        text(
            "<p>These are the terms of a demo shop. Nobody is sold anything here; replace them "
            "with your own before you open.</p>"
            "<h2>Order and price</h2><p>Prices include tax. What you see before you press "
            "“Continue to payment” is what you pay, delivery included. The order is placed when "
            "you pay, on Stripe’s own page; we see no card number.</p>"
            "<h2>Delivery</h2><p>We keep your things aside while you pay and send them within two "
            "working days. If something you paid for is gone after all, you get your money "
            "back.</p>"
            "<h2>Changing your mind</h2><p>Send things back within thirty days of their arrival, "
            "unused. Write to us first, so that we know what is coming. Tea that was opened stays "
            "with you.</p>"
            "<h2>When something is wrong</h2><p>Tell us, with a picture if it broke on the way. "
            "We replace it or give the money back, as you like.</p>"
        ),
    ),
)
