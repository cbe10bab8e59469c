"""The year's work plan: article by article against its days, who is behind, and what each item rests on."""
