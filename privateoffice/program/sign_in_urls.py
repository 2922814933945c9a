"""Addresses of signing in: the parts of allauth that we use, and none of those that let people sign up."""

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

from privateoffice.foundations.offices import provider
from privateoffice.program import sessions

urlpatterns = [
    path("", views.login, name="account_login"),
    path("out/", views.logout, name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    # One page lists every way to sign in; allauth's own list of passkeys leads there too.
    path("second-factor/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("outside/<str:provider_id>/login/callback/", provider.callback),  # before allauth's own
    path("outside/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("log/", sessions.signings_in, name="signings_in"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/end/", sessions.end_all, name="end_every_session"),
    path("sessions/<int:number>/end/", sessions.end, name="end_session"),
]
