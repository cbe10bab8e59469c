"""What several pages are built from: context of a request, words, numbers, links, charts."""
