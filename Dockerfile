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
    DATABASE_URL=sqlite+aiosqlite:////data/verbatim.db HEARTBEAT_FILE=/tmp/alive
USER verbatim
VOLUME /data
# Healthy: the last successful poll is less than two minutes ago.
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s CMD test -n "$(find /tmp/alive -mmin -2)"
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
