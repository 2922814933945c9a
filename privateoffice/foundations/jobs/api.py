"""Django's tasks API, named in this one place: a package until Django 6 brings it as `django.tasks`."""

from django_tasks import task
from django_tasks_db.compat import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

__all__ = ["DBTaskResult", "Task", "TaskResultStatus", "task"]
