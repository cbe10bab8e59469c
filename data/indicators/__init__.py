"""What METHOD counts, each indicator declared once: rollup, points, pages, drill-down, schemes and reports follow from here."""
