"""Six kinds of site as they wrap a statement: markup and furniture of each, written for these tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from textwrap import wrap

Wrap = Callable[[str, Iterable[str]], str]

_SENTENCE_END = re.compile(r"[.!?:;。다\"”][\"')\]]?$")


def is_heading(block: str) -> bool:
    """Tell whether a block is a heading of the statement: short, and no sentence."""
    return len(block) < 80 and not _SENTENCE_END.search(block)


def ministry_en(title: str, blocks: Iterable[str]) -> str:
    """A ministry in English: a government banner, paragraphs with bold headings, tags, related notes, a long footer."""
    body = "\n".join(f"<p><strong>{escape(b)}</strong></p>" if is_heading(b) else f"<p>{escape(b)}</p>" for b in blocks)
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{escape(title)} - Department of Foreign Affairs</title>
<meta property="article:published_time" content="2030-05-05T09:00:00+00:00"></head><body class="single">
<a class="skip-link" href="#content">Skip to content</a>
<section class="usa-banner" aria-label="Official government website"><header><p>An official website of the Government of Ostia</p><p>Here's how you know</p></header>
<div class="usa-banner__content"><p><strong>Official websites use .example</strong> A .example website belongs to an official government organization of Ostia.</p>
<p><strong>Secure .example websites use HTTPS</strong> A lock or https:// means you've safely connected to the .example website. Share sensitive information only on official, secure websites.</p></div></section>
<header><nav class="menu"><ul><li><a href="/policy">Policy Issues</a></li><li><a href="/countries">Countries &amp; Areas</a></li><li><a href="/bureaus">Bureaus &amp; Offices</a></li><li><a href="/about">About</a></li></ul></nav></header>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/releases">Office of the Spokesperson</a> &gt; <a href="/notes">Press Releases</a> &gt; {escape(title)}</div>
<main id="content"><article><header class="article-header"><h1>{escape(title)}</h1><p class="article-meta__doctype">Media Note</p>
<div class="article-meta"><p class="article-meta__author-bureau">Office of the Spokesperson</p><p class="article-meta__publish-date">May 5, 2030</p></div></header>
<div class="entry-content">
{body}
</div>
<div class="related-tags"><h2>Tags</h2><ul><li><a href="/t/1">Bureau of Coastal Affairs</a></li><li><a href="/t/2">Office of the Spokesperson</a></li><li><a href="/t/3">Westmark</a></li></ul></div>
</article>
<section class="related-articles"><h2>Related Articles</h2><ul>
<li><a href="/a">Secretary Kim Launches the River Compact With Four Partners</a> <p>May 3, 2030</p><p>The Secretary launched the River Compact with four partners on Friday.</p></li>
<li><a href="/b">Readout of the Call With the Foreign Minister of Southland</a> <p>May 2, 2030</p></li></ul></section></main>
<footer><h2>Department of Foreign Affairs</h2><p>The Department leads the foreign policy of Ostia through diplomacy and assistance.</p>
<ul><li><a href="/privacy">Privacy Policy</a></li><li><a href="/foia">FOIA</a></li><li><a href="/fear">No FEAR Act</a></li></ul></footer></body></html>"""


def board_ko(title: str, blocks: Iterable[str]) -> str:
    """A Korean ministry's board: a table with the head of the post, text parted by line breaks, a file list, neighbours, a survey."""
    body = "<br />\n<br />\n".join(f"<b>{escape(b)}</b>" if is_heading(b) else escape(b) for b in blocks)
    return f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{escape(title)} | 보도자료 | 해양외교부</title></head><body>
<div id="skipNav"><a href="#content">본문 바로가기</a><a href="#gnb">주메뉴 바로가기</a></div>
<div id="header"><h1><a href="/">해양외교부</a></h1><ul class="util"><li><a href="/login">로그인</a></li><li><a href="/join">회원가입</a></li><li><a href="/en">ENGLISH</a></li></ul>
<ul id="gnb"><li><a href="/m1">국민참여</a></li><li><a href="/m2">알림·뉴스</a><ul><li><a href="/m21">보도자료</a></li><li><a href="/m22">브리핑</a></li></ul></li><li><a href="/m3">외교정책</a></li><li><a href="/m4">부처소개</a></li></ul></div>
<div id="container"><div class="location"><span>홈</span> &gt; <span>알림·뉴스</span> &gt; <span>보도자료</span></div>
<div id="content"><h2>보도자료</h2>
<div class="sns"><a href="#">페이스북 공유하기</a> <a href="#">트위터 공유하기</a> <a href="#">인쇄하기</a> <span>글자크기</span></div>
<table class="board_view"><caption>보도자료 상세보기 - 제목, 부서명, 작성일, 조회수, 내용, 첨부파일 정보 제공</caption>
<tbody><tr><th scope="row">제목</th><td colspan="5">{escape(title)}</td></tr>
<tr><th scope="row">부서명</th><td>해협정책과</td><th scope="row">작성일</th><td>2030-05-05</td><th scope="row">조회수</th><td>1,234</td></tr>
<tr><td colspan="6" class="view_cont"><div class="se-contents">
{body}
</div></td></tr>
<tr><th scope="row">첨부파일</th><td colspan="5"><ul class="file"><li><a href="/f1">공동성명 국문.hwp</a> (34KB) <a href="/v1">바로보기</a> <a href="/d1">다운로드</a></li><li><a href="/f2">공동성명 영문.pdf</a> (120KB) <a href="/v2">바로보기</a> <a href="/d2">다운로드</a></li></ul></td></tr></tbody></table>
<div class="kogl"><img src="/kogl.png" alt="공공누리"> 해양외교부가 창작한 본 저작물은 공공누리 제1유형 출처표시 조건에 따라 이용할 수 있습니다.</div>
<dl class="prevnext"><dt>이전글</dt><dd><a href="/n1">장관, 남녘나라 외교장관과 강 협약 체결</a></dd><dt>다음글</dt><dd><a href="/n2">해양외교부, 항만 안전 협력 구상 출범</a></dd></dl>
<p class="btn"><a href="/list">목록</a></p>
<div class="satisfaction"><p>이 페이지에서 제공하는 정보에 대하여 만족하십니까?</p><label>매우만족</label><label>만족</label><label>보통</label><label>불만족</label></div>
</div></div><div id="footer"><p>(00000) 하버시티 부두로 1 해양외교부 대표전화 00-000-0000</p><p>Copyright(c) 2030 Ministry of Straits. All Rights Reserved.</p></div></body></html>"""


def ministry_ja(title: str, blocks: Iterable[str]) -> str:
    """A Japanese ministry: a trail of crumbs, headings as elements, what is beside the text, links, a footer with the address."""
    body = "\n".join(f"<h3>{escape(b)}</h3>" if is_heading(b) else f"<p>{escape(b)}</p>" for b in blocks)
    return f"""<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{escape(title)}|海峡外務省</title></head><body>
<div id="header"><p><a href="#main">本文へ</a></p><p>文字サイズ変更 <a href="#">標準</a> <a href="#">大</a></p><ul><li><a href="/e">English</a></li><li><a href="/map">サイトマップ</a></li></ul></div>
<div id="globalnav"><ul><li><a href="/1">海峡外務省について</a></li><li><a href="/2">会見・発表・広報</a></li><li><a href="/3">外交政策</a></li><li><a href="/4">国・地域</a></li></ul></div>
<div id="breadcrumb"><a href="/">トップページ</a> &gt; <a href="/2">会見・発表・広報</a> &gt; <a href="/21">報道発表</a> &gt; {escape(title)}</div>
<div id="contents-body"><div id="pagetitle"><p>報道発表</p></div><h1 class="title1">{escape(title)}</h1>
<div class="any-area"><p class="rightalign">令和12年5月5日</p></div><p class="english"><a href="/e1">英語版 (English)</a></p>
<div id="maincontents">
{body}
</div>
<div class="link-list"><h2>[参考]別添</h2><ul><li><a href="/p1">仮訳(PDF)</a></li><li><a href="/p2">原文(PDF)</a></li></ul></div>
<div class="related"><h2>関連リンク</h2><ul><li><a href="/r1">南国との河川協定の署名</a></li><li><a href="/r2">外務大臣臨時会見記録</a></li></ul></div>
<p class="pagetop"><a href="#top">このページのトップへ戻る</a></p><p><a href="/21">報道発表へ戻る</a></p></div>
<div id="footer"><ul><li><a href="/a1">アクセシビリティについて</a></li><li><a href="/a2">個人情報保護</a></li><li><a href="/a3">リンク・著作権等について</a></li></ul>
<p>海峡外務省 〒000-0000 ハーバー市中央1-1 電話(代表)00-0000-0000</p><p>Copyright (C) Ministry of Straits</p></div></body></html>"""


def local_news(title: str, blocks: Iterable[str]) -> str:
    """A local news site's reprint: a preamble of its own, byline, caption, a call in the middle, a box of organisations, teasers."""
    parts = [f"<h4>{escape(b)}</h4>" if is_heading(b) else f'<p class="css-1x9k">{escape(b)}</p>' for b in blocks]
    parts.insert(
        2,
        '<aside class="newsletter-signup"><p>Sign up for The Harbour Morning, our free newsletter, and get the news of the day at six.</p><button>Sign up</button></aside>',
    )
    body = "\n".join(parts)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | The Harbour Herald</title><meta name="author" content="Herald Staff"></head><body>
<header class="site-header"><a href="/">The Harbour Herald</a><nav><a href="/local">Local</a><a href="/sports">Sports</a><a href="/opinion">Opinion</a><a href="/obits">Obituaries</a></nav><a href="/sub">Subscribe</a></header>
<div class="story"><h1>{escape(title)}</h1><div class="byline">By Herald Staff</div><div class="date">Published: May 5, 2030 at 10:15 a.m.</div>
<div class="share"><a href="#">Facebook</a><a href="#">X</a><a href="#">Email</a><a href="#">Copy link</a></div>
<figure><img src="/p.jpg" alt=""><figcaption>Ann Lee (left), Bo Kim and Cy Mori pose for a photo in Harbour City. (Photo by Dee Park/Harbour Herald)</figcaption></figure>
<div class="story-body">
{body}
<p><em>Want more stories like this one? <a href="/sub">Subscribe to the Herald</a> for a dollar a week.</em></p>
</div>
<div class="orgs"><h4>ORGANIZATIONS IN THIS STORY</h4><ul><li><a href="/o/1">Department of Foreign Affairs of Ostia</a></li><li><a href="/o/2">Westmark Coast Guard</a></li></ul></div>
<div class="more"><h3>MORE NEWS</h3><div class="card"><a href="/m1">Four river states launch the River Compact</a><p>The River Compact will pay for dams in four countries, its founders said.</p></div>
<div class="card"><a href="/m2">Cat rescued from a tree by the mayor</a><p>The mayor climbed up himself, to the joy of the neighbours.</p></div></div></div>
<footer><p>&copy; 2030 The Harbour Herald. All rights reserved. This material may not be published, broadcast or rewritten.</p><a href="/terms">Terms of Service</a></footer></body></html>"""


def wire(title: str, blocks: Iterable[str]) -> str:
    """A wire of releases for investors: what a subscription brings before the text, risk warning and disclaimers behind it."""
    body = "\n".join(f"<div>{escape(b)}</div>\n<div>&nbsp;</div>" for b in blocks)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - Capital Wire</title></head><body><div id="top"><ul class="ticker"><li>NRL 1.0234 +0.2%</li><li>OST 88.12 -0.4%</li></ul>
<div class="nav"><a href="/markets">Markets</a> <a href="/releases">Releases</a> <a href="/crypto">Crypto</a></div></div>
<div class="page"><div class="col-main"><h1>{escape(title)}</h1><div class="meta">Capital Wire | 05 May 2030 09:12 GMT | Source: Department of Foreign Affairs</div>
<div class="paywall"><p>With your current subscription plan you can comment on stories. Upgrade to read our analysts before your first morning call.</p></div>
<div class="release">
{body}
</div>
<div class="risk"><p>Risk Warning: Trading in shares, currencies and tokens carries a high level of risk, and you may lose all that you put in. Nothing on this website constitutes investment advice.</p></div>
<div class="about"><p><b>About Capital Wire</b></p><p>Capital Wire carries the releases of governments and companies to readers in ninety countries.</p></div>
<p class="legal">/Public Release. This material comes from the originating organization and may be edited for clarity, style and length. The views expressed are those of the author(s). View in full <a href="/x">here</a>.</p></div>
<div class="col-side"><h4>Most read</h4><ol><li><a href="/1">Bearings maker soars on Spare Parts Council</a></li><li><a href="/2">What the River Compact means for dams</a></li></ol></div></div>
<div id="bottom"><p>Capital Wire Ltd. Terms of Use | Privacy Policy | Cookie Settings</p></div></body></html>"""


def blog(title: str, blocks: Iterable[str]) -> str:
    """A WordPress blog: share buttons, a note on the translation, tags, neighbours, comments."""
    body = "\n".join(f'<h2 class="wp-block-heading">{escape(b)}</h2>' if is_heading(b) else f"<p>{escape(b)}</p>" for b in blocks)
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{escape(title)} &#8211; Straits Watcher</title><meta name="generator" content="WordPress 6.5"></head><body class="post-template-default single single-post">
<div id="page" class="site"><header id="masthead"><p class="site-title"><a href="/">Straits Watcher</a></p><p class="site-description">Notes from three shores</p><nav id="site-navigation"><ul id="primary-menu"><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<div id="primary"><main id="main"><article id="post-77" class="post-77 post type-post"><header class="entry-header"><h1 class="entry-title">{escape(title)}</h1><div class="entry-meta"><span class="posted-on">Posted on <time datetime="2030-05-05T08:00:00+00:00">May 5, 2030</time></span><span class="byline"> by <a href="/author/watcher">watcher</a></span></div></header>
<div class="entry-content">
{body}
<p><em>This is an unofficial translation. In case of doubt the original text prevails.</em></p>
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on X (Opens in new window)</a></li><li><a href="#">Click to share on Facebook (Opens in new window)</a></li></ul></div>
<div id="like-post-wrapper"><h3>Like this:</h3><span>Like</span> <span>Loading...</span></div>
<div id="jp-relatedposts"><h3>Related</h3><p><a href="/old">The River Compact, one year on</a></p></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/c">Documents</a></span> <span class="tags-links">Tagged <a href="/t1">ministers</a>, <a href="/t2">straits</a></span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><div class="nav-previous"><a href="/p">Previous Post: What the River Compact means</a></div><div class="nav-next"><a href="/n">Next Post: A walk along the shore</a></div></nav>
<div id="comments"><h2 class="comments-title">2 thoughts on &ldquo;{escape(title)}&rdquo;</h2><ol class="comment-list"><li><b>reader1</b> <span class="says">says:</span><p>Great to see this, and I hope the Harbour Light Initiative comes next for all of us.</p><a href="#">Reply</a></li><li><b>Old Sailor</b> says:<p>They said the same thing ten years ago and nothing came of it.</p></li></ol>
<div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></div></main></div>
<footer id="colophon"><div class="site-info">Proudly powered by WordPress | Theme: Shoreline by Nobody.</div></footer></div></body></html>"""


LAYOUTS: dict[str, Wrap] = {
    "ministry_en": ministry_en, "board_ko": board_ko, "ministry_ja": ministry_ja, "local_news": local_news, "wire": wire, "blog": blog,
}  # fmt: skip


def preformatted(title: str, blocks: Iterable[str]) -> str:
    """An archive of plain texts: the release as it was typed, wrapped at 72 columns."""
    text = "\n\n".join(escape("\n".join(wrap(b, 72)) if b.isascii() else b) for b in blocks)
    return f"""<html><head><title>{escape(title)}</title></head><body><h2>{escape(title)}</h2><hr>
<pre>
{text}
</pre><hr><p><a href="/">Home</a> | <a href="/archive">Archive</a></p><p>This is archived material and is no longer kept up to date.</p></body></html>"""


OTHERS: dict[str, Wrap] = {"preformatted": preformatted}
"""Kinds of page beside the six."""
