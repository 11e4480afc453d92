"""What stands in a page, read the way a screen reader meets it."""

from __future__ import annotations

from html.parser import HTMLParser

_NEVER_CLOSED = frozenset({"meta", "link", "img", "br", "input"})


class Outline(HTMLParser):
    """`tags`: every tag with its attributes; `texts`: by the innermost tag; raises ValueError on crossed tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        if self._open:
            raise ValueError(f"left open: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _NEVER_CLOSED:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        opened = self._open.pop() if self._open else ""
        if opened != tag:
            raise ValueError(f"<{opened}> is closed by </{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of this name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def ids(self) -> list[str]:
        """Every id."""
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]

    def levels(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(name[1]) for name, _ in self.tags if len(name) == 2 and name[0] == "h" and name[1].isdigit()]

    @property
    def text(self) -> str:
        """All text."""
        return " ".join(text for _, text in self.texts)
