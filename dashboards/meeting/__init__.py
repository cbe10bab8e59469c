"""Meeting material: bulletins made from what the reports print, in the form of a Chinese public body's documents."""
