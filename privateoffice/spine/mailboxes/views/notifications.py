"""The address at which Microsoft 365 says that something changed. It is told nothing but that it was heard."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from privateoffice.foundations.offices.views import outside
from privateoffice.spine.mailboxes import services, tasks

LONGEST = 1_000_000
LONGEST_TOKEN = 2_000


@outside("each notification bears the word that we gave; it shows nothing and only brings a reading forward")
@csrf_exempt
@never_cache
@login_not_required
@require_POST
def notifications(request: HttpRequest) -> HttpResponse:
    """Answer the question whether anybody listens, or take notifications and have the mailboxes read."""
    if not settings.GRAPH_NOTIFICATIONS_URL:
        raise Http404
    if token := request.GET.get("validationToken"):
        return HttpResponse(token[:LONGEST_TOKEN], content_type="text/plain; charset=utf-8")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    try:
        told = services.hear(request.body)
    except services.NoNotification:
        return HttpResponse(status=400)
    for mailbox in told:
        tasks.read_soon(mailbox)
    return HttpResponse(status=202)
