"""The commands of ``kg``, by what they are for. Each opens a graph, asks a room for an answer, and prints it.

The rooms are imported by the command that needs them, so that ``kg --help`` answers at once.
"""

__all__: list[str] = []
