"""What happens: verb + noun, each inside the unit of work it is given."""
