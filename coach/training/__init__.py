"""How the models were made, and how they are measured."""
