"""No record can be read without a scope, whatever the model, the manager and the question; joins included."""

import pytest
from django.db.models import Count, ForeignKey, ManyToManyField

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Part, Record
from privateoffice.foundations.records.scoped import BypassesScope, RecordManager, ScopedQuerySet
from tests.house import structure

QUESTIONS = {
    "exists": lambda manager: manager.exists(),
    "count": lambda manager: manager.count(),
    "list": lambda manager: list(manager.all()),
    "exclude": lambda manager: manager.exclude(pk=1).exists(),
    "values": lambda manager: list(manager.values_list("pk")),
    "first": lambda manager: manager.first(),
    "aggregate": lambda manager: manager.aggregate(Count("pk")),
    "iterator": lambda manager: next(manager.iterator(), None),
    "in_bulk": lambda manager: manager.in_bulk(),
    "explain": lambda manager: manager.all().explain(),
    "update": lambda manager: manager.filter(pk=1).update(**{manager.model._meta.pk.attname: 1}),
    "delete": lambda manager: manager.filter(pk=1).delete(),
}


@pytest.mark.parametrize("model", structure.scoped(), ids=lambda model: model._meta.label)
def test_no_row_of_an_office_can_be_read_without_a_scope(db, model):
    managers = [manager for manager in model._meta.managers if manager.name != "everyone"]
    if model._meta.base_manager_name != "everyone":
        managers.append(model._base_manager)
    for manager in managers:
        for question, ask in QUESTIONS.items():
            assert _is_refused(ask, manager), f"{model._meta.label}.{manager.name}: {question} ran without a scope"


@pytest.mark.parametrize("model", structure.records(), ids=lambda model: model._meta.label)
def test_a_record_uses_the_scoped_manager_everywhere(model):
    assert isinstance(model._default_manager, RecordManager)
    assert model._meta.base_manager_name == "objects"
    assert issubclass(model._default_manager._queryset_class, ScopedQuerySet)


@pytest.mark.parametrize("model", structure.records(), ids=lambda model: model._meta.label)
def test_a_record_has_no_key_to_another_record(model):
    """A join cannot be stopped by a manager, so there is none to make: records are joined by links alone."""
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey | ManyToManyField) and not _is_parent_link(field):
            assert not issubclass(field.related_model, Record | Part), field


@pytest.mark.parametrize("model", structure.parts(), ids=lambda model: model._meta.label)
def test_a_part_is_scoped_by_every_record_that_it_can_reach(model):
    """From a part one may join to its own records only, and each of them is in its scope."""
    owners = structure.owners(model)
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Record):
            assert field.name in owners, f"{field} leads to a record that {model} is not scoped by"


@pytest.mark.parametrize("model", structure.parts(), ids=lambda model: model._meta.label)
def test_a_part_of_two_records_cannot_be_crossed(model):
    """From record to part to another record: the way back from a part of two records is not to be had."""
    keys = [f for f in model._meta.fields if isinstance(f, ForeignKey) and issubclass(f.related_model, Record)]
    if len(keys) > 1:
        assert all(key.remote_field.related_name == "+" for key in keys), model


@pytest.mark.parametrize("model", structure.parts(), ids=lambda model: model._meta.label)
def test_a_part_leads_to_parts_of_the_same_record_only(model):
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Part):
            assert structure.owners(field.related_model) == structure.owners(model), field


def _is_refused(ask, manager) -> bool:
    try:
        ask(manager)
    except (scope.NoScope, BypassesScope):
        return True
    return False


def _is_parent_link(field) -> bool:
    return bool(getattr(field.remote_field, "parent_link", False))
