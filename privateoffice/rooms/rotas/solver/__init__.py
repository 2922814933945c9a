"""Makes, checks, explains and mends rotas. It knows nothing of the database or of pages.

`model` is what a rota is and `answers` what is said about one; `rules` are the laws and customs as dated data;
`blocks` cuts a period into duties; `written` is all of it as JSON. `checker` judges a rota and shares no code with
the solver but these dataclasses. `duty` solves by duty blocks, `explain` says why a duty cannot be filled, `mend`
changes a published rota by as little as can be; the three run apart by `process`. `pay` counts what is owed.

What the room calls:

    checker.check(problem, assignments) -> breaches
    checker.gaps(problem, assignments) -> gaps
    checker.fairness(problem, assignments) -> shares
    checker.check_one(problem, assignments, change) -> effect
    process.solve(problem, seconds=10, heard=None) -> solution
    process.explain(problem, block) -> explanation
    process.mend(problem, absence) -> mends
"""
