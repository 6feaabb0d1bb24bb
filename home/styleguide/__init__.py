"""The living style guide of the demo: tokens, components and blocks, drawn by their own templates.

Its words are for those who build the shop, in English like the code.
"""
