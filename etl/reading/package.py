"""A zip package whose entries are unpacked piece by piece: what it states about its own sizes is checked, never believed.

Names are taken as ZIP and the Open Packaging Conventions want them (slashes, from the root on, no ``./``), however the
program wrote them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from etl.reading.limits import LARGEST_PART, LARGEST_UNPACKED, MOST_ENTRIES, Unreadable

_PIECE = 2**19
_CHUNK = 4 * 2**20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_SMALL = 2**16
_LARGEST_CODES = 4096
"""More than deflated data ever tell of their codes before the first byte comes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part is to another one (``worksheet``), and its path from the root; ``plain``: every reader finds it so."""

    kind: str
    path: str
    plain: bool


class Package:
    """The entries of a zip file by name. Unreadable where it is none, encrypted, or made to exhaust who unpacks it."""

    def __init__(self, content: bytes) -> None:
        # Every entry has such a header in the directory, so there are never more of them than are counted here.
        if content.count(b"PK\x01\x02") > MOST_ENTRIES:
            raise Unreadable("too_large")
        self.content = content
        self.relations: dict[str, dict[str, Relation]] = {}
        """What parts of relationships were found to say, so that each is read once."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                self.entries = package.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Unreadable("not_a_workbook") from error
        self._by_name = {_plain_name(entry.filename): entry for entry in self.entries}
        self._by_folded_name = {name.lower(): name for name in self._by_name}
        if len(self._by_folded_name) < len(self.entries):
            raise Unreadable("not_a_workbook")  # which of two entries of one name is meant, readers do not agree on
        self._unpacked: dict[int, int] = {}
        self._small: dict[str, bytes] = {}
        if any(entry.flag_bits & _ENCRYPTED for entry in self.entries):
            raise Unreadable("encrypted")
        self._starts = self._refuse_overlaps()

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def stated_size(self) -> int:
        """What all entries unpack to, as they say themselves."""
        return sum(entry.file_size for entry in self.entries)

    @property
    def plainly_named(self) -> bool:
        """Whether every name is written as others expect it."""
        return all(name == entry.filename for name, entry in self._by_name.items())

    def find(self, name: str) -> str | None:
        """The entry of this name as it is written here, in whatever case; None where there is none."""
        return name if name in self._by_name else self._by_folded_name.get(name.lower())

    @property
    def names(self) -> list[str]:
        """Names of all entries, in the order of the directory."""
        return list(self._by_name)

    def _refuse_overlaps(self) -> dict[int, int]:
        """Where each entry's data begins. Entries that share bytes would unpack the same ones again and again."""
        starts: dict[int, int] = {}
        end = 0
        for entry in sorted(self.entries, key=lambda one: one.header_offset):
            header = self.content[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
            if entry.header_offset < end or len(header) < _LOCAL_HEADER.size:
                raise Unreadable("not_a_workbook")
            signature, name, extra = _LOCAL_HEADER.unpack(header)
            start = entry.header_offset + _LOCAL_HEADER.size + name + extra
            end = start + entry.compress_size
            if signature != b"PK\x03\x04" or end > len(self.content):
                raise Unreadable("not_a_workbook")
            starts[entry.header_offset] = start
        return starts

    def read(self, name: str, largest: int = LARGEST_PART) -> bytearray:
        """A whole part; Unreadable where it is missing or larger than such parts ever are.

        Small ones are kept: a workbook's list of sheets is asked for several times.
        """
        if name in self._small:
            return bytearray(self._small[name])
        if name not in self._by_name:
            raise Unreadable("not_a_workbook")
        part = bytearray()
        for chunk in self.stream(name):
            if len(part) + len(chunk) > largest:
                raise Unreadable("too_large")
            part += chunk
        if len(part) <= _SMALL:
            self._small[name] = bytes(part)
        return part

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part, without unpacking more."""
        entry = self._by_name[name]
        start = self._starts[entry.header_offset]
        packed = self.content[start : start + min(entry.compress_size, size + _LARGEST_CODES)]
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            return packed[:size]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
        except zlib.error as error:
            raise Unreadable("not_a_workbook") from error

    def stream(self, name: str) -> Iterator[bytes]:
        """A part in chunks of at most 4 MiB; what all parts unpack to is counted, each part once."""
        yield from self._unpack(self._by_name[name])

    def measure_rest(self) -> None:
        """Unpack what has not been looked at, only to see how much it is."""
        for entry in self.entries:
            if entry.header_offset not in self._unpacked:
                for _ in self._unpack(entry):
                    pass

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        before = sum(size for offset, size in self._unpacked.items() if offset != entry.header_offset)
        size = crc = 0
        for chunk in self._chunks(entry):
            size += len(chunk)
            if before + size > LARGEST_UNPACKED:
                raise Unreadable("too_large")
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if (size, crc) != (entry.file_size, entry.CRC):
            raise Unreadable("not_a_workbook")
        self._unpacked[entry.header_offset] = size

    def _chunks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        start = self._starts[entry.header_offset]
        end = start + entry.compress_size
        if entry.compress_type == zipfile.ZIP_STORED:
            for place in range(start, end, _CHUNK):
                yield self.content[place : min(end, place + _CHUNK)]
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflated(memoryview(self.content)[start:end])
        else:
            raise Unreadable("not_a_workbook")


def _plain_name(written: str) -> str:
    """The name from the root on: slashes for backslashes, nothing before it."""
    name = written.replace("\\", "/")
    while name.startswith(("./", "/")):
        name = name.removeprefix(".").removeprefix("/")
    return name


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Deflated data in chunks of at most 4 MiB."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _PIECE):
            waiting: bytes | memoryview = packed[place : place + _PIECE]
            while waiting and not inflater.eof:
                if part := inflater.decompress(waiting, _CHUNK):
                    yield part
                waiting = inflater.unconsumed_tail
        if part := inflater.flush():
            yield part
    except zlib.error as error:
        raise Unreadable("not_a_workbook") from error
    if not inflater.eof:
        raise Unreadable("not_a_workbook")
