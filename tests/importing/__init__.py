"""Tests of taking files in."""
