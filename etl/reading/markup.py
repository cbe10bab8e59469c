"""XML of strangers, read as a stream: no document types, so no entities; limits on depth and on the length of texts."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn
from xml.parsers import expat  # hardened below: a document type ends the parsing before any entity exists

from etl.reading.limits import DEEPEST, LONGEST_TEXT, MOST_ELEMENTS, MOST_TAGS, Unreadable

Attributes = dict[str, str]

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_MANY_BYTES = re.compile(rb"(gb[-_]?(?:k|2312|18030)|cp936|ms936|x-gbk)|big5", re.IGNORECASE)


class Handlers:
    """What a reader does at the elements that it knows, by ``namespace local`` name; all others are passed over.

    ``parts`` gathers the text since a handler last took it with ``taken``, while ``listening``.
    """

    def __init__(self) -> None:
        self.entering: dict[str, Callable[[Attributes], None]] = {}
        self.leaving: dict[str, Callable[[], None]] = {}
        self.listening = False
        self.parts: list[str] = []
        self.strange: Callable[[str], None] | None = None
        """What is done at an element that is known to nobody; usually nothing."""
        self._length = 0

    def listen(self) -> None:
        """Gather text from here on."""
        self.listening = True

    def taken(self) -> str:
        """The text gathered, which is then forgotten; stops listening."""
        text = self.parts[0] if len(self.parts) == 1 else "".join(self.parts)
        self.parts.clear()
        self.listening = False
        self._length = 0
        return text

    def hear(self, text: str) -> None:
        """Called with every piece of text."""
        if self.listening:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise Unreadable("too_large")
            self.parts.append(text)


def hardened(encoding: str | None = None) -> expat.XMLParserType:
    """A parser that names are told with their namespace by; it ends at a document type."""
    parser = expat.ParserCreate(encoding, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def walk(chunks: Iterable[bytes | bytearray], handlers: Handlers, encoding: str | None = None) -> None:
    """Go through a document once; Unreadable where it is none or goes beyond a limit.

    ``encoding`` overrides what the document says of itself.
    """
    parser = hardened(encoding)
    parser.CharacterDataHandler = handlers.hear
    entering: Mapping[str, Callable[[Attributes], None]] = handlers.entering
    leaving: Mapping[str, Callable[[], None]] = handlers.leaving
    depth = tags = unknown = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, unknown
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("not_a_workbook")
        enter = entering.get(name)
        if enter is not None:
            enter(attributes)
        elif name not in leaving:
            unknown += 1
            if handlers.strange is not None:
                handlers.strange(name)
            if unknown > MOST_ELEMENTS:
                raise Unreadable("too_large")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        leave = leaving.get(name)
        if leave is not None:
            leave()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for chunk in chunks:
            tags += chunk.count(b"<")
            if tags > MOST_TAGS:
                raise Unreadable("too_large")
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("not_a_workbook") from error


def encoding_of(head: bytes) -> str | None:
    """The encoding that a document's beginning declares, where it is none of those that every reader of XML knows.

    Of UTF-16 some know it and some do not, so it is named as well.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(head)
    known = _MANY_BYTES.fullmatch(declared[1]) if declared else None
    if known is None:
        return None
    return "gb18030" if known[1] else "big5"


def in_utf8(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The document in UTF-8, without the declaration that says otherwise: it stands in the first chunk."""
    decoder = codecs.getincrementaldecoder(encoding)()
    begun = False
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            if not begun and text:
                begun, text = True, _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
            yield text.encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise Unreadable("not_a_workbook") from error


def _refuse(*_: Any) -> NoReturn:
    raise Unreadable("not_a_workbook")


def whole(value: str | None, least: int = 1) -> int:
    """A count in an attribute; ``least`` where it is missing or less. Unreadable where it is no number."""
    if value is None:
        return least
    try:
        return max(least, int(value[:20]))
    except ValueError as error:
        raise Unreadable("not_a_workbook") from error
