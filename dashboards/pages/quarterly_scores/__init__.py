"""The quarterly scores of the ten measures: who stands where, what each mark rests on, who speaks last."""
