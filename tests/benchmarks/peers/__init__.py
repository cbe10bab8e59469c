"""The same chart in two other ways to build a dashboard, as their first pages of documentation have it: what ours is held against."""
