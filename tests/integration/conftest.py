"""What all integration tests share besides: the children that read workbooks for loaders."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.lending import Lender


@pytest.fixture(scope="session", autouse=True)
def _lender() -> Iterator[None]:
    lender = Lender()
    with pytest.MonkeyPatch.context() as patch:
        lender.attach(patch)
        yield
    lender.end()
