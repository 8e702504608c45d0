"""What trainers do: look scenarios over by playing them."""
