"""How fast is it? What is measured, and how, stands in README.md."""
