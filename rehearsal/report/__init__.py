"""The page that a person reads after a rehearsal: one self-contained HTML file."""
