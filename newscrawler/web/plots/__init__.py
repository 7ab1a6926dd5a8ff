"""Plots as SVG made on the server: no script, coloured by the style sheet, each with a text beside it in words."""
