"""Addresses of rotas."""

from django.urls import path

from privateoffice.rooms.rotas.views import acts, board, feeds, pay, people, period, placing, rota, sheets, solving

app_name = "rotas"

ONE = "rotas/<int:year>/<int:number>/"
DUTY = f"{ONE}duties/<slug:key>/"
SWAP = f"{ONE}swaps/<int:swap>/"
ROTA = "rotas/<slug:rota>/"

urlpatterns = [
    path("rotas/", board.rotas, name="rotas"),
    path("rotas/on-now/", board.on_call, name="on_call"),
    path("rotas/new/", rota.new, name="new"),
    path("rotas/away/", people.away, name="away"),
    path("rotas/away/<int:away>/back/", people.back, name="back"),
    path("rotas/skills/", people.skills, name="skills"),
    path("rotas/rates/", pay.rates, name="rates"),
    path(ONE, period.period, name="period"),
    path(f"{ONE}changes/", period.changes, name="changes"),
    path(f"{ONE}editions/<int:edition>/", period.edition, name="edition"),
    path(f"{ONE}told/", period.told, name="told"),
    path(f"{ONE}told/<int:notice>/acknowledgement/", acts.acknowledgement, name="acknowledgement"),
    path(f"{ONE}ledger/", period.ledger, name="ledger"),
    path(f"{ONE}ledger/<int:breach>/rest/", acts.rest, name="rest"),
    path(f"{ONE}undoing/", placing.undoing, name="undoing"),
    path(f"{ONE}publication/", acts.publication, name="publication"),
    path(f"{ONE}sheet.xlsx", sheets.workbook_of, name="workbook"),
    path(f"{ONE}sheet/", sheets.sheet, name="sheet"),
    path(f"{ONE}sheet/<str:digest>/", sheets.preview, name="sheet_preview"),
    path(f"{ONE}filling/", solving.filling, name="filling"),
    path(f"{ONE}gaps/", solving.gaps, name="gaps"),
    path(f"{ONE}illness/", solving.illness, name="illness"),
    path(f"{ONE}runs/", solving.runs, name="runs"),
    path(f"{ONE}runs/<int:run>/", solving.run, name="run"),
    path(f"{ONE}runs/<int:run>/stopping/", solving.stopping, name="stopping"),
    path(f"{ONE}runs/<int:run>/taking/", solving.taking, name="taking"),
    path(f"{ONE}handovers/", acts.handovers, name="handovers"),
    path(f"{ONE}swaps/", acts.swaps, name="swaps"),
    path(f"{SWAP}agreement/", acts.agree, name="agree_swap"),
    path(f"{SWAP}approval/", acts.approve, name="approve_swap"),
    path(f"{SWAP}declined/", acts.end, {"outcome": "declined"}, name="decline_swap"),
    path(f"{SWAP}refused/", acts.end, {"outcome": "refused"}, name="refuse_swap"),
    path(f"{SWAP}withdrawn/", acts.end, {"outcome": "withdrawn"}, name="withdraw_swap"),
    path(DUTY, placing.duty, name="duty"),
    path(f"{DUTY}verdict/", placing.verdict, name="verdict"),
    path(f"{DUTY}pin/", placing.pin, name="pin"),
    path(f"{DUTY}cut/", placing.split, name="split_duty"),
    path(f"{DUTY}volunteers/", placing.invite, name="invite"),
    path(f"{DUTY}swap/", acts.new_swap, name="ask_swap"),
    path(f"{DUTY}handover/", acts.handover, name="hand_over"),
    path(f"{DUTY}handover/acceptance/", acts.acceptance, name="accept_handover"),
    path(f"{DUTY}call-out/", acts.recall, name="recall"),
    path(ROTA, rota.rota, name="rota"),
    path(f"{ROTA}change/", rota.revise, name="revise"),
    path(f"{ROTA}duties/new/", rota.new_duty, name="new_duty"),
    path(f"{ROTA}duties/<slug:letter>/", rota.duty_type, name="duty_type"),
    path(f"{ROTA}people/new/", people.new_member, name="new_member"),
    path(f"{ROTA}people/<str:mark>/", people.member, name="member"),
    path(f"{ROTA}people/<str:mark>/leaving/", people.leaving, name="leaving"),
    path(f"{ROTA}rules/<slug:key>/", rota.rule, name="rule"),
    path(f"{ROTA}periods/new/", rota.new_period, name="new_period"),
    path(f"{ROTA}sheet/", sheets.new_sheet, name="import"),
    path(f"{ROTA}sheet/<str:digest>/", sheets.new_preview, name="import_preview"),
    path(f"{ROTA}pay/", pay.pay, name="pay"),
    path(f"{ROTA}pay/<str:mark>/claim/", pay.claim, name="claim"),
    path(f"{ROTA}feeds/", feeds.feeds, name="feeds"),
    path(f"{ROTA}feeds/<int:feed>/revoking/", feeds.revoking, name="revoking"),
]
