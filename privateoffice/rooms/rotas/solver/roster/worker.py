"""What one worker does: a first roster, the mixture of the whole and dives, then neighbourhoods to the end."""

from dataclasses import dataclass

import numpy as np

from . import cover
from .dive import Style, dive
from .exchange import Exchange
from .instance import Instance, Roster
from .kernels import row_cost
from .master import Master
from .meter import Meter
from .neighbourhoods import WHOLE, Chooser, Neighbourhood, Pool
from .pricing import FEW_STATES, MANY_STATES, USUAL_STATES, Pricer
from .start import best_responses, first_roster

ROOT_SHARE = 0.5
DIVE_SHARE = 0.8
STYLES = (Style(0.3, 3), Style(0.12, 5))
MANY_ROWS = 700


@dataclass
class Worker:
    """One of several that share an exchange; `number` and the seed make its choices its own."""

    instance: Instance
    exchange: Exchange
    meter: Meter
    number: int
    seed: int

    def __post_init__(self) -> None:
        self.random = np.random.default_rng([self.seed, self.number])
        self.pricer = Pricer(self.instance, self.meter)
        self.pool = Pool(self.instance.staff)
        instance = self.instance
        whole = instance.days <= WHOLE
        self.chooser = Chooser(
            instance,
            self.random,
            size=12.0 * instance.days if whole else 28.0 * instance.staff,
            target=1.5 if whole else 6.0,
            windows=[] if instance.days <= 56 else [28, 42, instance.days] if whole else [21, 28, 35],
        )

    def run(self) -> None:
        roster = self._begin()
        if self.instance.days <= WHOLE:
            self._root(roster)
        else:
            self._sweep()
        self._search()
        self.exchange.meet(self.meter, to_the_end=True)

    def over(self) -> bool:
        if self.exchange.stopped():
            self.meter.allowance = 0.0
        return self.meter.over() or self.exchange.proved()

    def _begin(self) -> Roster:
        order = self.random.permutation(self.instance.staff)
        roster = first_roster(self.instance, self.pricer, order)
        self.exchange.offer(roster)
        until = self.meter.spent() + 0.1 * self.meter.allowance
        better = best_responses(self.instance, self.pricer, self.meter, roster, order, until)
        self.exchange.offer(better)
        return better

    def _root(self, roster: Roster) -> None:
        """The mixture of the whole problem, its bound, and dives from it."""
        allowance = self.meter.allowance
        master = Master(self.instance, roster, range(self.instance.staff), self.pricer, self.meter)
        self._converge(master, ROOT_SHARE * allowance)
        if self.over():
            return
        self.exchange.raise_bound(master.bound)
        self._learn_from(master)
        style = STYLES[self.number % len(STYLES)]
        while not self.over():
            begun = self.meter.spent()
            found = dive(master, style, DIVE_SHARE * allowance)
            self._offer_polished(found)
            if self.meter.spent() + (self.meter.spent() - begun) > 0.3 * allowance:
                break
            style = Style(float(self.random.choice([0.1, 0.2, 0.3])), int(self.random.integers(2, 6)))
            master.solve(1e-4)
        self._learn_from(master)

    def _converge(self, master: Master, until: float) -> None:
        """Few type counters while prices are rough; all that fit for the last rounds."""
        whole = self.meter.allowance
        self.meter.allowance = until
        steps = (FEW_STATES, MANY_STATES)
        for states in steps:
            self.pricer.most_states = states
            master.generate(0.01 if states == steps[-1] else 0.5, cutoff=self.exchange.cutoff())
        self.pricer.most_states = USUAL_STATES
        self.meter.allowance = whole

    def _learn_from(self, master: Master) -> None:
        """Keep the root's prices as a guide, and its best rows for neighbourhoods."""
        prices = master.price_table(master.prices if master.best_prices is None else master.best_prices)
        columns = master.columns
        cheapest = np.full(self.instance.staff, np.inf)
        values = np.array(
            [
                row_cost(columns.rosters[j], self.instance.wishes[columns.who[j]] - prices)
                for j in range(columns.count)
            ]
        )
        np.minimum.at(cheapest, columns.who[: columns.count], values)
        self.chooser.follow(prices, cheapest)
        for j in np.argsort(-values, kind="stable"):
            self.pool.keep(int(columns.who[j]), columns.rosters[j])

    def _offer_polished(self, found: Roster | None) -> None:
        if found is None:
            return
        order = self.random.permutation(self.instance.staff)
        until = self.meter.spent() + 0.05 * self.meter.allowance
        self.exchange.offer(best_responses(self.instance, self.pricer, self.meter, found, order, until))

    def _sweep(self) -> None:
        """On a long horizon: every window in turn, all persons free."""
        starts = list(range(0, self.instance.days, 28))
        turned = starts[len(starts) * self.number // self.exchange.workers :] + starts
        days = self.instance.days
        self.chooser.sweep = [(max(0, min(s, days - 28)), min(days, s + 28)) for s in turned[: len(starts)]]

    def _search(self) -> None:
        while not self.over():
            self.exchange.meet(self.meter)
            roster, _ = self.exchange.best()
            where = self.chooser.draw(roster)
            if len(where.persons) < 2:
                self.meter.charge(5e-3)
                continue
            begun = self.meter.spent()
            self.meter.charge(5e-3)
            self._improve(roster, where)
            self.chooser.learn(self.meter.spent() - begun)

    def _improve(self, roster: Roster, where: Neighbourhood) -> None:
        cutoff = self.exchange.cutoff()
        master = Master(self.instance, roster, where.persons, self.pricer, self.meter, where.spans)
        self._add_pool(master)
        target = self.chooser.target
        rounds = 25 if self.instance.days <= WHOLE else 60
        master.generate(0.5, rounds=rounds, cutoff=cutoff)
        if master.bound > cutoff or master.value > cutoff or self.over():
            return
        found = dive(master, Style(undoings=20), self.meter.spent() + 3 * target, cutoff)
        if found is not None and cover.total(self.instance, found) <= cutoff + 1:
            self.exchange.offer(found, base=roster)
            self._keep_rows(master, found)

    def _add_pool(self, master: Master) -> None:
        for place, person in enumerate(master.persons):
            span = master.spans[place]
            if span.end - span.start == self.instance.days:
                for row in self.pool.rows(person):
                    master.add(place, row)

    def _keep_rows(self, master: Master, found: Roster) -> None:
        for person, span in zip(master.persons, master.spans, strict=True):
            if span.end - span.start == self.instance.days:
                self.pool.keep(person, found[person])
