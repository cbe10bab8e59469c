"""A second, independent computation of the product's figures, to check the product against.

A test that repeats the product's own arithmetic proves nothing. What stands here was written from
the words of METHOD sections 1 to 4, its conventions, and CONTRACT sections 1 and 2 by people who had
not seen the product, shares no line with it and imports nothing of it: where the two agree on random
zones, both have read the method alike.

`ranking`, `scores` and `casualties` compute a month, a quarter and a year the slow and plain way;
`zones` and `years` make small valid zones for hypothesis. `work_plan` computes the plan's items (METHOD section 5.8) and
the milestones of a quarter; `plan_figures` says what its sources come to, `plan_year` those that rest on accidents, rankings,
scores and deadlines; `plans` makes small plans, and what units tell of them,
`told` what they tell of a given one. `register`, `hazards`, `supervision`, `disasters`, `month_ends` and `next_inspections`
compute what stands on a day (sections 5.1 to 5.7).
"""
