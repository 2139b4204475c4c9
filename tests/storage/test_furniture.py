from __future__ import annotations

from scraper.storage import furniture
from scraper.storage.store import Store


def page(store: Store, number: int, host: str = "a.example", *paragraphs: str) -> bool:
    with store.transaction():
        return furniture.add_page(store, host, f"title {number}", f"body {number}", paragraphs or ("box",))


def test_pages_come_back_latest_first(store: Store) -> None:
    assert page(store, 1, "a.example", "box", "tags")
    assert page(store, 2)
    assert page(store, 3, "b.example")
    assert furniture.pages(store, "a.example") == [("title 2", "body 2", ("box",)), ("title 1", "body 1", ("box", "tags"))]
    assert furniture.pages(store, "c.example") == []


def test_a_page_with_a_known_title_or_body_is_a_copy(store: Store) -> None:
    assert page(store, 1)
    with store.transaction():
        assert not furniture.add_page(store, "a.example", "title 1", "another body", ())
        assert not furniture.add_page(store, "a.example", "another title", "body 1", ())
        assert furniture.add_page(store, "b.example", "title 1", "body 1", ())
    assert len(furniture.pages(store, "a.example")) == 1


def test_what_was_concluded_is_known_by_host(store: Store) -> None:
    page(store, 1)
    page(store, 2, "b.example")
    with store.transaction():
        furniture.conclude(store, "a.example", {"box": 3, "tags": 4})
        furniture.conclude(store, "b.example", {"menu": 3})
    assert furniture.known(store) == {"a.example": frozenset({"box", "tags"}), "b.example": frozenset({"menu"})}
    with store.transaction():
        furniture.conclude(store, "a.example", {"tags": 5})
        furniture.conclude(store, "b.example", {})
    assert furniture.known(store) == {"a.example": frozenset({"tags"})}
    assert store.rows("SELECT digest, pages, last_seen FROM host_paragraphs") == [{"digest": "tags", "pages": 5, "last_seen": store.now()}]


def test_only_the_latest_pages_of_a_host_are_remembered(store: Store) -> None:
    for number in range(furniture.PAGES + 5):
        page(store, number)
    kept = furniture.pages(store, "a.example")
    assert len(kept) == furniture.PAGES
    assert kept[0][0] == f"title {furniture.PAGES + 4}"


def test_only_the_hosts_seen_last_are_remembered(store: Store) -> None:
    page(store, 1, "first.example")
    with store.transaction():
        furniture.conclude(store, "first.example", {"box": 3})
        for number in range(furniture.HOSTS):
            furniture.add_page(store, f"{number}.example", "title", "body", ("box",))
    assert furniture.pages(store, "first.example") == []
    assert furniture.known(store) == {}
    assert store.row("SELECT count(DISTINCT host) AS n FROM host_pages") == {"n": furniture.HOSTS}
