"""A second, independent computation of the monthly ranking, to check the product against.

A test that repeats the product's own arithmetic proves nothing. What stands here was written from
the words of METHOD (conventions, sections 1 and 2) and CONTRACT (section 1) by someone who had not
seen the product, shares no line with it and imports nothing of it: where the two agree on random
zones, both have read the method alike.

`ranking` computes a month the slow and plain way; `zones` makes small valid zones for hypothesis.
"""
