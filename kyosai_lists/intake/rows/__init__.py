"""The rows below a header → canonical values, and what is wrong or odd in them."""
