"""Web pages as sites send them."""

PARAGRAPHS = (
    "Russia on Monday chided Azerbaijan for its decision to set up a checkpoint at the corridor, and called it wrong.",
    "The foreign ministry in Moscow said that the road must stay open for everybody who lives there, day and night.",
    "A spokesman for the government in Baku answered that the checkpoint serves the safety of those who travel.",
    "Observers of the mission wrote in their report that forty lorries had passed the place on the day before.",
)


def article_page(
    title: str = "Checkpoint at the corridor is called wrong",
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    *,
    site: str | None = "Example Times",
    published: str | None = "2023-04-24",
    canonical: str | None = None,
    head: str = "",
) -> str:
    """The page of an article, with what it says about itself."""
    meta = [f'<meta property="og:site_name" content="{site}">'] if site else []
    meta += [f'<meta property="article:published_time" content="{published}">'] if published else []
    meta += [f'<link rel="canonical" href="{canonical}">'] if canonical else []
    text = "\n".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}<title>{title}</title>{"".join(meta)}</head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{text}</article><footer>All rights</footer>"
        "</body></html>"
    )
