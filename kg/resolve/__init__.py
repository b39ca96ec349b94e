"""Mentions → entities that are the same in every language and every article."""

from kg.resolve.link import link

__all__ = ["link"]
