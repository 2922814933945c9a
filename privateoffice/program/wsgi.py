"""The web application, for waitress here and any WSGI server elsewhere."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privateoffice.settings")

application = get_wsgi_application()
