"""Pages written for this project with what must be read of them beside: `name.html` and `name.json`."""
