"""Work that waits: jobs, the worker that does them, and the schedule that asks for them.

from privateoffice.foundations.jobs import queue as jobs

jobs.later(tasks.remind, action.pk)
"""
