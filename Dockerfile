# syntax=docker/dockerfile:1
ARG BASE=python:3.13-slim
FROM ${BASE} AS packages
COPY requirements.txt /
# A layer of its own: it changes only when the lock file does.
RUN python -m venv /packages && /packages/bin/pip install --no-cache-dir --require-hashes -r /requirements.txt

FROM ${BASE}
RUN useradd --uid 10001 --create-home verbatim && install -d -o verbatim /data
COPY --from=packages /packages /packages
WORKDIR /verbatim
COPY retrieval retrieval
COPY db db
COPY bot bot
COPY seeds seeds
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    CORPUS=/verbatim/seeds ADDED=/data/added DATA=/data/corpus \
    DATABASE_URL=sqlite:////data/verbatim.db LISTEN=0.0.0.0:8080
USER verbatim
VOLUME /data
# Healthy: the program and its event loop live. Whether it is ready, /readyz tells.
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s CMD ["python", "-c", "\
import http.client, os; \
web = http.client.HTTPConnection('127.0.0.1', int(os.environ['LISTEN'].rpartition(':')[2]), timeout=4); \
web.request('GET', '/healthz'); \
raise SystemExit(web.getresponse().status != 200)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
