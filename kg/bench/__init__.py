"""How fast, how large, and what that comes to: measurements of the program on this machine."""

__all__: list[str] = []
