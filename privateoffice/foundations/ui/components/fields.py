"""GOV.UK fields from Django's bound fields."""

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.simple_tag
def po_field(field: BoundField) -> str:
    """{% po_field form.due %}: label, hint, error and control."""
    return field.as_field_group()


@register.inclusion_tag("ui/choice.html")
def po_choice(field: BoundField, keys: bool = True) -> dict[str, Any]:
    """{% po_choice form.channel %}: a few choices side by side, each with its number as a key."""
    return {"field": field, "keys": keys}


@register.inclusion_tag("ui/error-summary.html")
def po_error_summary(form: Any) -> dict[str, Any]:
    """{% po_error_summary form %}: every error above the form, each linked to its field."""
    return {"form": form}
