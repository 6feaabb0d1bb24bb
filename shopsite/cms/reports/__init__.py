"""What the reports of figures have in common: days to choose, a table with totals, and exports."""
