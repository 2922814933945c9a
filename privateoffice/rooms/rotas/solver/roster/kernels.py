"""The dynamic programme that finds one person's cheapest roster: compiled, and free of every Python object.

Two levels. A *stint* is a run of duties with the rest that must follow it; the *horizon* is days off and stints.
Type counters ride along as one mixed-radix number `q`: `steps[t]` is what one duty of type t
adds, or -1 where there may be none.
"""

import numpy as np
from numba import njit

NOWHERE = 1e17
TOO_DEAR = 1e9
LOST = -1e17
DOUBTFUL = 10**8


@njit(cache=True, nogil=True)
def row_cost(row, cost):
    """What a row costs at [day, type] prices."""
    total = 0.0
    for day in range(row.shape[0]):
        if row[day] >= 0:
            total += cost[day, row[day]]
    return total


@njit(cache=True, nogil=True)
def added_counters(radix, saturates):
    """[q, q]: the sum of two counter states, -1 where one overflows; and where the first dominates the second."""
    states = 1
    for size in radix:
        states *= size
    sums = np.full((states, states), -1, np.int64)
    better = np.zeros((states, states), np.bool_)
    for one in range(states):
        for two in range(states):
            fits, dominates, total, unit, a, b = True, one != two, 0, 1, one, two
            for t in range(radix.shape[0]):
                x, y = a % radix[t], b % radix[t]
                digit = x + y
                if saturates[t]:
                    digit = min(digit, radix[t] - 1)
                    dominates = dominates and x >= y
                else:
                    fits = fits and digit < radix[t]
                    dominates = dominates and x <= y
                total += digit * unit
                unit *= radix[t]
                a //= radix[t]
                b //= radix[t]
            if fits:
                sums[one, two] = total
            better[one, two] = dominates
    return sums, better


@njit(cache=True, nogil=True)
def grow_stints(cost, day, longest, spare, classes, follows, steps, sums, table):
    """table[L, class, spare time, q]: the cheapest L duties in a row from `day`, by the class of the last one."""
    kinds, states, span = follows.shape[0], sums.shape[0], spare.max()
    for run in range(1, longest + 1):
        table[run, :, : span * run + 1, :] = NOWHERE
        today = day + run - 1
        for duty in range(spare.shape[0]):
            price = cost[today, duty]
            step = steps[duty]
            if price > TOO_DEAR or step < 0 or sums[0, step] < 0:
                continue
            kind, more = classes[duty], spare[duty]
            if run == 1:
                at = sums[0, step]
                if price < table[1, kind, more, at]:
                    table[1, kind, more, at] = price
                continue
            for before in range(kinds):
                if not follows[before, duty]:
                    continue
                for time in range(span * (run - 1) + 1):
                    for q in range(states):
                        value = table[run - 1, before, time, q]
                        if value >= NOWHERE:
                            continue
                        at = sums[q, step]
                        if at >= 0 and value + price < table[run, kind, time + more, at]:
                            table[run, kind, time + more, at] = value + price


@njit(cache=True, nogil=True)
def short_list(table, run, span, kinds, states, least, better, best, times, counts, costs):
    """Write the stints of one length that no other dominates, by time; returns how many."""
    found = 0
    for time in range(span * run + 1):
        for q in range(states):
            value = NOWHERE
            for kind in range(kinds):
                value = min(value, table[run, kind, time, q])
            best[q] = value
        for q in range(states):
            if best[q] >= NOWHERE:
                continue
            dominated = False
            for other in range(states):
                if better[other, q] and best[other] <= best[q]:
                    dominated = True
                    break
            if not dominated:
                times[found], counts[found], costs[found] = time + run * least, q, best[q]
                found += 1
    return found


@njit(cache=True, nogil=True)
def weekends_of(days, longest, first_weekday):
    """[day, L]: the weekends that L duties from `day` touch."""
    touched = np.zeros((days, longest + 1), np.int64)
    for day in range(days):
        seen, last = 0, -1
        for run in range(1, min(longest, days - day) + 1):
            weekday = first_weekday + day + run - 1
            if weekday % 7 >= 5 and weekday // 7 != last:
                seen += 1
                last = weekday // 7
            touched[day, run] = seen
    return touched


@njit(cache=True, nogil=True)
def reachable_time(days, longest, rest, number, times):
    """The most working time that can still be done after each day, and that can be done before it."""
    after, before = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    for day in range(days - 1, -1, -1):
        after[day] = after[day + 1]
        for run in range(1, min(longest, days - day) + 1):
            if number[day, run]:
                most = times[day, run, number[day, run] - 1] + after[min(days, day + run + rest)]
                after[day] = max(after[day], most)
    for day in range(days):
        before[day + 1] = max(before[day + 1], before[day])
        for run in range(1, min(longest, days - day) + 1):
            if number[day, run]:
                ready = min(days, day + run + rest)
                before[ready] = max(before[ready], before[day] + times[day, run, number[day, run] - 1])
    return after, before


@njit(cache=True, nogil=True)
def dominated_by_counters(here, q, value, radix, saturates):
    unit = 1
    for t in range(radix.shape[0]):
        digit = (q // unit) % radix[t]
        if saturates[t]:
            if digit < radix[t] - 1 and here[q + unit] <= value:
                return True
        elif digit > 0 and here[q - unit] <= value:
            return True
        unit *= radix[t]
    return False


@njit(cache=True, nogil=True)
def enough_others(q, duties, radix, saturates, others):
    """Whether each saturating counter says that enough duties are of other types."""
    unit = 1
    for t in range(radix.shape[0]):
        if saturates[t] and (q // unit) % radix[t] < min(duties - others[t], radix[t] - 1):
            return False
        unit *= radix[t]
    return True


@njit(cache=True, nogil=True)
def cheapest_row(
    cost,
    lengths,
    classes,
    follows,
    steps,
    radix,
    saturates,
    others,
    frame,
    first_weekday,
    open_start,
    open_end,
    bands,
    out,
):
    """Write the cheapest row into `out` and return its cost; NOWHERE if there is none.

    cost[days, types] above TOO_DEAR is barred. frame: shortest and longest run, shortest rest, weekends, least and
    most time. An open end is the horizon's own, where a run may be short. bands: how far time and weekends may
    stray from the straight line; 0 is no limit, and only then is the cost a bound.
    """
    days = cost.shape[0]
    shortest, longest, rest, weekends, least, most = frame
    out[:] = -1
    if weekends < 0 or most < 0 or least > most:
        return NOWHERE
    shift, span, kinds = lengths.min(), lengths.max() - lengths.min(), follows.shape[0]
    spare = lengths - shift
    sums, better = added_counters(radix, saturates)
    states = sums.shape[0]
    table = np.empty((longest + 1, kinds, span * longest + 1, states))
    room = (span * longest + 1) * states
    number = np.zeros((days, longest + 1), np.int64)
    times = np.empty((days, longest + 1, room), np.int32)
    counts = np.empty((days, longest + 1, room), np.int32)
    costs = np.empty((days, longest + 1, room))
    best = np.empty(states)
    touched = weekends_of(days, longest, first_weekday)
    for day in range(days):
        top = min(longest, days - day)
        grow_stints(cost, day, top, spare, classes, follows, steps, sums, table)
        for run in range(1, top + 1):
            if run >= shortest or (day == 0 and open_start) or (day + run == days and open_end):
                number[day, run] = short_list(
                    table,
                    run,
                    span,
                    kinds,
                    states,
                    shift,
                    better,
                    best,
                    times[day, run],
                    counts[day, run],
                    costs[day, run],
                )
    after, before = reachable_time(days, longest, rest, number, times)
    low, high = np.empty(days + 1, np.int64), np.empty(days + 1, np.int64)
    few, many = np.zeros(days + 1, np.int64), np.full(days + 1, weekends)
    for day in range(days + 1):
        low[day], high[day] = max(0, least - after[day]), min(most, before[day])
        if bands[0] > 0 and day < days:
            line = (least + most) * day // (2 * days)
            low[day], high[day] = max(low[day], line - bands[0]), min(high[day], line + bands[0])
            few[day] = max(0, weekends * day // days - bands[1])
            many[day] = min(weekends, weekends * day // days + bands[1])
    low[days] = max(0, least)
    width = 1
    for day in range(days + 1):
        width = max(width, high[day] - low[day] + 1)
    value = np.empty((days + 1, width, weekends + 1, states))
    for day in range(days + 1):
        value[day, : max(0, high[day] - low[day] + 1)] = NOWHERE
    if low[0] > 0 or high[0] < 0:
        return NOWHERE
    value[0, 0, 0, 0] = 0.0
    for day in range(days):
        tomorrow = day + 1
        top = min(longest, days - day)
        for time in range(low[day], high[day] + 1):
            for off in range(few[day], many[day] + 1):
                here = value[day, time - low[day], off]
                for q in range(states):
                    now = here[q]
                    if now >= NOWHERE:
                        continue
                    if off > 0 and value[day, time - low[day], off - 1, q] <= now:
                        continue
                    if states > 1 and dominated_by_counters(here, q, now, radix, saturates):
                        continue
                    if (
                        low[tomorrow] <= time <= high[tomorrow]
                        and now < value[tomorrow, time - low[tomorrow], off, q]
                    ):
                        value[tomorrow, time - low[tomorrow], off, q] = now
                    for run in range(1, top + 1):
                        reached = off + touched[day, run]
                        if reached > weekends:
                            break
                        ready = min(days, day + run + rest)
                        base = low[ready]
                        for i in range(number[day, run]):
                            then = time + times[day, run, i]
                            if then > high[ready]:
                                break
                            at = sums[q, counts[day, run, i]]
                            if then < base or at < 0:
                                continue
                            total = now + costs[day, run, i]
                            if total < value[ready, then - base, reached, at]:
                                value[ready, then - base, reached, at] = total
    found, time, off, q = NOWHERE, -1, -1, -1
    for t in range(low[days], high[days] + 1):
        for k in range(weekends + 1):
            for c in range(states):
                end = value[days, t - low[days], k, c]
                if end < found and enough_others(c, t // shift, radix, saturates, others):
                    found, time, off, q = end, t, k, c
    if time < 0:
        return NOWHERE
    day = days
    while day > 0:
        now = value[day, time - low[day], off, q]
        yesterday = day - 1
        if low[yesterday] <= time <= high[yesterday] and value[yesterday, time - low[yesterday], off, q] == now:
            day = yesterday
            continue
        step = _stint_before(
            day,
            days,
            longest,
            rest,
            time,
            off,
            q,
            now,
            value,
            low,
            high,
            touched,
            number,
            times,
            counts,
            costs,
            sums,
        )
        if step[0] < 0:
            return LOST
        start, run, i, q = step
        time -= times[start, run, i]
        off -= touched[start, run]
        grow_stints(cost, start, run, spare, classes, follows, steps, sums, table)
        _name_duties(
            cost,
            start,
            run,
            times[start, run, i] - run * shift,
            counts[start, run, i],
            costs[start, run, i],
            spare,
            classes,
            follows,
            steps,
            sums,
            table,
            out,
        )
        day = start
    return found


@njit(cache=True, nogil=True)
def _stint_before(
    day, days, longest, rest, time, off, q, now, value, low, high, touched, number, times, counts, costs, sums
):
    """The stint that led to a state: its first day, length, place in the short list, the counters before."""
    for start in range(max(0, day - rest - longest), day):
        for run in range(1, longest + 1):
            if start + run > days or min(days, start + run + rest) != day or off < touched[start, run]:
                continue
            for i in range(number[start, run]):
                then = time - times[start, run, i]
                if then < low[start] or then > high[start]:
                    continue
                for c in range(sums.shape[0]):
                    if sums[c, counts[start, run, i]] != q:
                        continue
                    earlier = value[start, then - low[start], off - touched[start, run], c]
                    if earlier + costs[start, run, i] == now:
                        return start, run, i, c
    return -1, 0, 0, 0


@njit(cache=True, nogil=True)
def _name_duties(cost, start, run, time, q, price, spare, classes, follows, steps, sums, table, out):
    """Walk one stint back and write its duties into `out`."""
    kind = -1
    for k in range(follows.shape[0]):
        if table[run, k, time, q] == price:
            kind = k
            break
    for length in range(run, 0, -1):
        today = start + length - 1
        duty, before, then, c = _duty_before(
            cost[today], length, kind, time, q, table, spare, classes, follows, steps, sums
        )
        out[today] = duty
        kind, time, q = before, then, c


@njit(cache=True, nogil=True)
def _duty_before(prices, length, kind, time, q, table, spare, classes, follows, steps, sums):
    """The last duty of a stint, and the state before it."""
    now = table[length, kind, time, q]
    for duty in range(spare.shape[0]):
        price = prices[duty]
        if classes[duty] != kind or price > TOO_DEAR or time < spare[duty] or steps[duty] < 0:
            continue
        then = time - spare[duty]
        if length == 1:
            if then == 0 and price == now and sums[0, steps[duty]] == q:
                return duty, -1, 0, 0
            continue
        for before in range(follows.shape[0]):
            if not follows[before, duty]:
                continue
            for c in range(sums.shape[0]):
                if sums[c, steps[duty]] != q or then > spare.max() * (length - 1):
                    continue
                if table[length - 1, before, then, c] + price == now:
                    return duty, before, then, c
    return -1, -1, 0, 0
