"""What was sold, taxed and given back, for the books. Reads, decides nothing.

A sale counts on the day its invoice was issued, and what was given back on the day of its credit
note: so the reports say what the papers say. A credit note whose money came back from the bank is
taken off again on the day of its reversal. Money that no invoice speaks of, such as a second
payment of the same order, is no sale, and giving it back takes nothing off.
"""
