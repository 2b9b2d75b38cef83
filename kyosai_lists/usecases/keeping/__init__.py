"""What was handed out: asked about, proved, printed again."""
