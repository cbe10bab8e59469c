"""gunicorn behind the proxy of deploy/nginx.conf: ``gunicorn -c deploy/gunicorn.conf.py app:server``.

The proxy hands over whole requests and takes whole answers, so a thread here is never anybody's to hold. Without it ten slow
clients stop gunicorn: it reads heads and bodies in the threads that answer.
"""

bind = "127.0.0.1:8050"
workers = 2
worker_class = "gthread"
threads = 8
timeout = 60
graceful_timeout = 30
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = "127.0.0.1"
