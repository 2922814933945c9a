"""Every tag and filter of the look in one library, built into all templates."""

from django import template

from privateoffice.foundations.ui.components import blocks, fields, lists, marks, once, outer, records, wording

register = template.Library()

for part in (marks, lists, records, blocks, fields, once, outer, wording):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
