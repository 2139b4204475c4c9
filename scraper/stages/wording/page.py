"""A comparison as a page: one file, no script, nothing fetched, everything escaped, readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from scraper.model.revision import Piece
from scraper.model.wording import Comparison, FormulaRow, Row, Watched, Worded
from scraper.stages.wording.plain import place, said_counts, spaced, variants

_STYLE = """
:root { color-scheme: light dark; --ink: #22252a; --paper: #f6f5f2; --card: #ffffff; --line: #e2e0da; --beside: #5d626a; --link: #1f5c99;
  --gone: #8a2f24; --gone-back: #fbe9e6; --new: #1c6238; --new-back: #e3f3e8; --badge: #6b4a08; --badge-back: #f6ead2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e3df; --paper: #16181b; --card: #1e2125; --line: #33373d; --beside: #a0a5ac; --link: #8ab8e6;
  --gone: #f0a79c; --gone-back: #3a2320; --new: #9adbb1; --new-back: #1c3325; --badge: #f0d596; --badge-back: #40331a; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto,
  "Apple SD Gothic Neo", "Malgun Gothic", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK KR", "Noto Sans CJK JP", sans-serif; overflow-wrap: anywhere; }
:lang(ko) { word-break: keep-all; }
main { max-width: 860px; margin: 0 auto; padding: 28px 18px 48px; }
h1 { margin: 0 0 16px; font-size: 23px; line-height: 1.3; } h2 { margin: 34px 0 12px; font-size: 15px; color: var(--beside); }
a { color: var(--link); } del { color: var(--gone); background: var(--gone-back); } ins { color: var(--new); background: var(--new-back); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 14px; }
.item { margin: 0 0 12px; padding: 12px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.item p { margin: 6px 0 0; } .under { color: var(--beside); font-size: 14px; }
.op { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; background: var(--badge-back); color: var(--badge); }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; background: var(--card); } th, td { padding: 7px 10px; border: 1px solid var(--line); text-align: left; vertical-align: top; }
tr.changed td { font-weight: 600; } tr.changed td:first-child { border-left: 4px solid var(--ink); } details summary { cursor: pointer; }
ins { text-decoration: underline; } del { text-decoration: line-through; } del + ins { margin-left: .2em; }
ins, del { padding: 0 2px; border-radius: 3px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
@media (max-width: 560px) { main { padding: 20px 14px 40px; } .item { padding: 10px 12px; } tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  th, td { font-size: 15px; } th:first-child, td:first-child { grid-column: 1 / -1; } }
"""


def render_html(made: Comparison, watched: Watched) -> str:
    """Return the whole page; kept sentences stand in a part that opens."""
    body = "\n".join(_body(made, watched))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_heading(made)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _heading(made: Comparison) -> str:
    return f"Wording: {made.before.id} and {made.after.id}" if made.before else f"Wording: {made.after.id}"


def _body(made: Comparison, watched: Watched) -> Iterator[str]:
    yield f"<h1>{_heading(made)}</h1>"
    yield f'<div class="sides">{_side("Before", made.before) if made.before else ""}{_side("After", made.after)}</div>'
    yield from (f'<p class="under">Passed over: {escape(why)}</p>' for why in made.passed)
    if made.refused:
        yield "<h2>Not comparable</h2>\n<ul>"
        yield from (f"<li>{escape(why)}</li>" for why in made.refused)
        yield "</ul>"
        return
    yield f"<p>{said_counts(made.rows)}</p>"
    if made.formulae:
        yield '<h2>Formulae</h2>\n<div class="scroll"><table>\n<thead><tr><th scope="col">Formula</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>\n<tbody>'
        yield from (_formula(row, watched) for row in made.formulae)
        yield "</tbody>\n</table></div>"
    yield "<h2>Sentences</h2>"
    language = made.after.language
    yield from (_row(row, language) for row in made.rows if row.op != "kept")
    kept = [row for row in made.rows if row.op == "kept"]
    if kept:
        yield f"<details><summary>{len(kept)} kept</summary>"
        yield from (_row(row, language) for row in kept)
        yield "</details>"


def _side(label: str, one: Worded) -> str:
    title = escape(one.title or "untitled")
    linked = one.url.lower().startswith(("http://", "https://"))
    shown = f'<a href="{escape(one.url)}" rel="noopener noreferrer">{title}</a>' if linked else title
    words = (one.date, one.level.replace("_", " "), one.kind.replace("_", " "), one.side, one.language, one.publisher)
    under = escape(" · ".join(word for word in words if word))
    return f'<div class="item"><span class="under">{label}: statement {one.id}</span><p lang="{escape(one.language)}">{shown}</p><p class="under">{under}</p></div>'


def _formula(row: FormulaRow, watched: Watched) -> str:
    name, before, after = (
        escape(text) for text in (watched.title(row.formula, "en"), variants(row.before, watched), variants(row.after, watched))
    )
    changed = ' class="changed"' if row.changed else ""
    return f"<tr{changed}><td>{name}</td><td>{before}</td><td>{after}</td></tr>"


def _row(row: Row, language: str) -> str:
    text = (
        {"dropped": f"<del>{escape(row.before)}</del>", "new": f"<ins>{escape(row.after)}</ins>"}.get(row.op)
        or _diff(row.pieces)
        or escape(row.after)
    )
    return f'<div class="item"><span class="op">{row.op}</span> <span class="under">{place(row)}</span><p lang="{escape(language)}">{text}</p></div>'


def _diff(pieces: Sequence[Piece]) -> str:
    tags = {"gone": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}
    return "".join(spaced(escape(piece.text), tags[piece.op]) for piece in pieces).strip()
