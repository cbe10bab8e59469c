"""What the commands of ``dashboards.__main__`` share: what was asked, which reports there are, and how they are put out."""
