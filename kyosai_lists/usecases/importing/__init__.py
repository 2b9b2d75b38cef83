"""Files in, and what came of them: taken in, on 保留, previewed, taken back."""
