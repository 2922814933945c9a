"""Compiles a problem into what forbids and what is shared out, and writes both as a CP-SAT model.

`singles` decides who could have which block at all; `limits`, `worktime` and `several` what cannot be together;
`targets` and `profiles` what fairness costs. `writing` is the model, `naming` says what an answer breaks.
A *unit* is what can be broken once: a rule, a person, a stretch of days. A breach of the checker is a broken unit.
"""
