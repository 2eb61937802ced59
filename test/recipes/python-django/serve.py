"""Django's own WSGI application, with the user of a fixed session."""
import os
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings


def with_user(get_response):
    def respond(request):
        known = request.COOKIES.get("__Host-session") == "example-session-id"
        request.user = SimpleNamespace(pk=42, email="ada@example.com", is_authenticated=known)
        return get_response(request)

    return respond


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    settings.configure(
        SECRET_KEY="only-for-this-test",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="urls",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware", "serve.with_user"],
        LOGGING_CONFIG=None,
    )
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("check")
    make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application(), Server, Quiet).serve_forever()
