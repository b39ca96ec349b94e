"""Mentions → entities that are the same in every language and article (``link``); what many articles tell → actors and incidents.

``link.link`` sees one report at a time. ``actors`` and ``incidents`` see the tellings of all articles, read back from the graph, and the
judgements of persons (``judgement``); neither changes what an article said.
"""

__all__: list[str] = []
