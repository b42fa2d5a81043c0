from __future__ import annotations

import pytest

from govspider.db.address import DatabaseAddressError, database_name, normalise_url, with_database, without_password


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_usual_spelling_gets_the_installed_driver(scheme: str) -> None:
    assert normalise_url(f"{scheme}://ann:pw@db.example:5433/inspection") == (
        "postgresql+psycopg2://ann:pw@db.example:5433/inspection"
    )


def test_blanks_around_an_address_do_not_matter() -> None:
    assert normalise_url(" postgres://h/d\n") == "postgresql+psycopg2://h/d"


def test_a_password_with_special_characters_survives() -> None:
    address = "postgresql+psycopg2://ann:p%40ss%2Fw%3Aord%25@h/d"
    assert normalise_url(address) == address


def test_options_of_the_address_survive() -> None:
    assert normalise_url("postgres://h/d?sslmode=require").endswith("/d?sslmode=require")


def test_a_socket_directory_instead_of_a_host_is_accepted() -> None:
    assert normalise_url("postgresql:///d?host=/run/pg").startswith("postgresql+psycopg2:///d?host=")


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        ("mysql://h/d", "'mysql'"),
        ("sqlite:///file.db", "'sqlite'"),
        ("postgresql+asyncpg://h/d", "'postgresql+asyncpg'"),
        ("", "is empty"),
        ("   ", "is empty"),
        ("postgresql://h:5432", "names no database"),
        ("postgresql://h:5432/", "names no database"),
        ("inspection", "cannot be read"),
        ("postgresql://h:port/d", "cannot be read"),
    ],
)
def test_any_other_address_gets_one_sentence_that_says_what_to_write(address: str, quoted: str) -> None:
    with pytest.raises(DatabaseAddressError) as caught:
        normalise_url(address)
    sentence = str(caught.value)
    assert quoted in sentence
    assert "postgresql://user:password@host:5432/database" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ann:Geheim7@h/d",
        "postgresql://ann:Geheim7@h",
        "postgresql://ann:Geheim7@h:port/d",
        "ann:Geheim7@h/d",
        "postgresql://h?user=ann&password=Geheim7",
    ],
)
def test_no_sentence_shows_the_password(address: str) -> None:
    with pytest.raises(DatabaseAddressError) as caught:
        normalise_url(address)
    assert "Geheim7" not in str(caught.value)


@pytest.mark.parametrize("address", ["postgres://ann:Geheim7@h/d", "postgres://h/d?user=ann&password=Geheim7"])
def test_an_address_for_reading_shows_no_password(address: str) -> None:
    shown = without_password(address)
    assert "Geheim7" not in shown
    assert "ann" in shown


def test_another_database_of_the_same_server_keeps_account_and_password() -> None:
    other = with_database("postgres://ann:pw@h:1/d", "d_demo")
    assert other == "postgresql+psycopg2://ann:pw@h:1/d_demo"
    assert database_name(other) == "d_demo"
