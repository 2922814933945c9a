"""Answers by mail to what people were told of their duties: plain ones acknowledge, the others go to the PA."""

from privateoffice.connectors.mail.replies import Act, read_acknowledgement
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Acknowledgement, Notice
from privateoffice.rooms.rotas.services.acknowledging import acknowledge, set_action
from privateoffice.rooms.rotas.services.faults import AlreadyAcknowledged
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Answer, Ask, Message, Way
from privateoffice.spine.deliveries.models import Delivery

BY_MAIL = Acknowledgement.How.MAIL


@verb("rotas.hear_acknowledgements")
def hear_acknowledgements() -> list[Notice]:
    """Read what people answered by mail to their notices, and to chasers about them; who acknowledged so."""
    waiting = Notice.objects.unacknowledged().filter(period__ends_on__gte=clock.today())
    notices = list(waiting.select_related("person", "period__office", "period__rota"))
    heard = _read_replies([notice for notice in notices if notice.delivery])
    chased = {notice.action: notice for notice in notices if notice.action and notice not in heard}
    _decide_plain_ones(chased)
    return heard + [notice for reference, notice in chased.items() if _is_done(reference) and _has_it(notice)]


def _read_replies(notices: list[Notice]) -> list[Notice]:
    """Mail that answers a notice: it acknowledges, or is put before the PA beside the action to acknowledge."""
    by_delivery = {notice.delivery: notice for notice in notices}
    sent = Delivery.objects.filter(reference__in=by_delivery).exclude(message_id="")
    by_letter = {letter.message_id: by_delivery[letter.reference] for letter in sent}
    heard: list[Notice] = []
    for message, letter in correspondence.replies_to(by_letter):
        notice = by_letter[letter]
        if notice not in heard and _read(message, notice):
            heard.append(notice)
    return heard


def _read(message: Message, notice: Notice) -> bool:
    """Whether a mail plainly acknowledges. What does not is asked of the PA, and nothing is guessed."""
    if _is_theirs(message, notice) and _is_plain(message):
        _settle(message, notice)
        return _has_it(notice)
    reference = notice.action or set_action(notice).reference
    correspondence.read_as_answer(message, reference, notice.person.email, read_acknowledgement)
    trail(notice.period, person=fact(notice.person.name), other=fact(reference))
    return False


def _is_theirs(message: Message, notice: Notice) -> bool:
    return message.from_address.casefold() == notice.person.email.casefold() and not message.sender_warnings


def _is_plain(message: Message) -> bool:
    at = clock.london(message.at).replace(tzinfo=None)
    reading = read_acknowledgement(message.text, subject=message.subject, received=at, due=at.date())
    return reading.act == Act.DONE


def _settle(message: Message, notice: Notice) -> None:
    for ask in Ask.objects.open().filter(message=message).select_related("record", "message"):
        correspondence.dispose(
            ask, way=Way.NO_ACTION, words=f"Acknowledges their duties: {notice.period.reference}"
        )


def _has_it(notice: Notice) -> bool:
    try:
        acknowledge(notice, how=BY_MAIL)
    except AlreadyAcknowledged:
        return False
    return True


def _decide_plain_ones(chased: dict[str, Notice]) -> None:
    """An answer to a chaser that was not plain as one, but is a plain acknowledgement."""
    answers = Answer.objects.to_decide().filter(action__in=chased)
    for answer in answers.select_related("message__record__office", "record__office"):
        notice = chased[answer.action]
        if _is_theirs(answer.message, notice) and _is_plain(answer.message):
            correspondence.decide_answer(answer, said=Answer.Said.DONE)


def _is_done(reference: str) -> bool:
    """Whether the person was read, or said by the PA, to have done what they were chased for."""
    return Answer.objects.filter(action=reference, outcome__said=Answer.Said.DONE).exists()
