"""XML of a stranger: no document type, no entities, not too much and not too deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from central.errors import ResumeError
from central.resumes.limits import Limits


@dataclass(slots=True)
class Element:
    """An element by its local name, its attributes by theirs. Its text is in `children`."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """Its elements, in order."""
        return (one for one in self.children if isinstance(one, Element))

    def child(self, name: str) -> Element | None:
        """The first element of this name."""
        return next((one for one in self.elements() if one.name == name), None)

    def each(self, name: str) -> Iterator[Element]:
        """Every element of this name, however deep, in document order; none inside another."""
        for one in self.elements():
            if one.name == name:
                yield one
            else:
                yield from one.each(name)

    def value(self, name: str, attribute: str = "val") -> str | None:
        """An attribute of the first element of this name; None where there is no such."""
        found = self.child(name)
        return None if found is None else found.attributes.get(attribute)


def parse(content: bytes, limits: Limits) -> Element:
    """The root. Raises `ResumeError` (markup, damaged)."""
    return _Builder(limits).build(content)


class _Builder:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._root = Element("", {})
        self._open = [self._root]
        self._count = 0

    def build(self, content: bytes) -> Element:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise ResumeError("damaged") from error
        found = next(self._root.elements(), None)
        if found is None:
            raise ResumeError("damaged")
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._limits.most_elements or len(self._open) > self._limits.deepest:
            raise ResumeError("markup")
        element = Element(_local(name), {_local(key): said for key, said in attributes.items()})
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)


def _refuse(*_: object) -> None:
    raise ResumeError("markup")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
