"""Two institutions in one store know nothing of one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import rgcore
from rgcore.domain.actor import CARE
from rgcore.institution import Databases
from support import DIRECTORY, ESMEE, GROUP, TEAM, Clock, Demo, Ids, set_goal

READER = rgcore.Actor(ESMEE, CARE)


@pytest.fixture
def other(klaas: Demo, tmp_path: Path) -> Iterator[rgcore.Institution]:
    """Give another institution in the databases of the first."""
    here = Databases(store=klaas.store_url, keys=klaas.keys_url, log=klaas.log_url)
    toml = rgcore.create(tmp_path / "other", "other", staff=DIRECTORY, databases=here)
    with rgcore.open(toml, clock=Clock(), ids=Ids("other")) as institution:
        yield institution


def test_no_group_of_another_is_listed_or_counted(
    klaas: Demo, other: rgcore.Institution
) -> None:
    assert other.groups() == ()
    assert other.status().entries == other.status().groups == 0
    assert klaas.institution.groups() == (GROUP,)


def test_no_entry_of_another_is_in_a_page(
    klaas: Demo, other: rgcore.Institution
) -> None:
    assert klaas.institution.entries().headers
    assert other.entries().headers == ()


def test_no_group_of_another_is_due(klaas: Demo, other: rgcore.Institution) -> None:
    assert klaas.institution.attention(TEAM, READER).groups
    assert other.attention(TEAM, READER).groups == ()


def test_no_group_of_another_is_there(klaas: Demo, other: rgcore.Institution) -> None:
    assert klaas.institution.view(GROUP, READER).group.seq == 1
    with pytest.raises(rgcore.NotAvailable):
        other.view(GROUP, READER)
    with pytest.raises(rgcore.NotAvailable):
        set_goal(other, "bike", "fietsen")
