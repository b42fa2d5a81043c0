"""Captured pages under their own host names: the bytes of the files, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.city.captured import Captured, is_script, read_captured, script_addresses
from tests.city.replay import replay, replay_registry
from tests.city.server import City
from tests.city.test_server import get, status

HEADERS = "file,kind,url_if_known,host,site_group,title,declared_encoding,site_code,source_path"


@pytest.fixture(scope="module")
def city(captured_pages: Path) -> Iterator[City]:
    with replay(captured_pages) as running:
        yield running


@pytest.fixture(scope="module")
def found(captured_pages: Path) -> list[Captured]:
    return read_captured(captured_pages)


def test_every_captured_page_is_served_byte_for_byte(city: City, found: list[Captured]) -> None:
    served = 0
    for captured in found:
        if is_script(captured) or captured.path.suffix == ".xml":
            continue
        body = get(city, captured.url)
        assert sha256(body).digest() == sha256(captured.path.read_bytes()).digest(), captured.file
        served += 1
    assert served > 50


def test_https_serves_the_same_bytes(city: City, found: list[Captured]) -> None:
    captured = next(captured for captured in found if captured.url.startswith("http://") and captured.kind == "article")
    secure = captured.url.replace("http://", "https://", 1)
    assert get(city, secure) == captured.path.read_bytes()


def test_saved_scripts_stand_where_the_pages_ask_for_them(city: City, found: list[Captured]) -> None:
    scripts = [captured for captured in found if is_script(captured)]
    assert scripts
    for script in scripts:
        pages = [captured for captured in found if captured.host == script.host and not is_script(captured)]
        addresses = script_addresses(script, pages)
        assert len(addresses) > 1, f"no page of {script.host} asks for {script.file}"
        for url in addresses:
            assert get(city, url) == script.path.read_bytes()


def test_pages_of_a_list_service_are_told_apart_by_their_records(city: City, found: list[Captured]) -> None:
    pages = [captured for captured in found if captured.path.suffix == ".xml"]
    url = pages[0].url
    for number, page in enumerate(pages):
        asked = f"{url}?startrecord={number * 45 + 1}&endrecord={number * 45 + 45}&perpage=15"
        assert get(city, asked, b"columnid=80179") == page.path.read_bytes()
    assert status(city, f"{url}?startrecord=9001&endrecord=9045") == 404


def test_what_was_not_captured_is_missing_and_other_hosts_are_unreachable(city: City, found: list[Captured]) -> None:
    assert status(city, f"http://{found[0].host}/nobody-captured-this.html") == 404
    assert status(city, "http://www.nobody.example/") == 502


def test_the_registry_has_one_site_per_host_and_a_column_per_list(
    captured_pages: Path, found: list[Captured], tmp_path: Path
) -> None:
    sites_path, columns_path = replay_registry(captured_pages, tmp_path / "captured.csv")
    sites = list(csv.DictReader(sites_path.open(encoding="utf-8-sig", newline="")))
    columns = list(csv.DictReader(columns_path.open(encoding="utf-8-sig", newline="")))
    hosts = {captured.host for captured in found if not is_script(captured)}
    assert {site["网站名称"] for site in sites} == hosts
    assert all(urlsplit(site["首页网址"]).hostname == site["网站名称"] for site in sites)
    codes = [site["网站标识码"] for site in sites if site["网站标识码"]]
    assert len(codes) == len(set(codes))
    assert len(columns) == sum(captured.kind == "list" for captured in found)


def write_labels(folder: Path, *rows: str) -> None:
    (folder / "labels.csv").write_text("\n".join([HEADERS, *rows]), encoding="utf-8")


def test_a_label_without_its_file_is_named(tmp_path: Path) -> None:
    write_labels(tmp_path, "home/lost.html,home,http://lost.example/,lost.example,lost,,,,")
    with pytest.raises(FileNotFoundError, match=r"home/lost\.html"):
        read_captured(tmp_path)


def test_a_second_page_of_one_address_gets_an_address_of_its_own(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_labels(
        tmp_path, *(f"{name},article,http://x.example/1.html,x.example,x,,,," for name in ("a.html", "b.html"))
    )
    assert [captured.url for captured in read_captured(tmp_path)] == [
        "http://x.example/1.html",
        "http://x.example/captured/b.html",
    ]


def test_a_page_without_address_is_served_on_the_host_of_its_group(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    write_labels(
        tmp_path,
        "a.html,home,http://x.example/,x.example,x,,,1234567890 (meta only),",
        "b.html,list,,,x,,gb2312,,",
    )
    home, second = read_captured(tmp_path)
    assert (second.host, second.url) == ("x.example", "http://x.example/captured/b.html")
    assert second.content_type == "text/html; charset=gb2312"
    assert home.site_code == "1234567890"
