"""What a person or a test changes about how the sandbox behaves: its clock, its API, its webhooks.

Everything here but the clock is in memory and ends with the program.
"""
